// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ProcessAgeTest {

    @Test
    void ticksSinceTheBootAreTakenFromTheUptime() {
        String stat = "42 (a ) name) S 1 1 1 0 -1 0 0 0 0 0 10 5 0 0 20 0 9 0 123400 0 0";
        assertThat(ProcessAge.millis("1236.50 2000.00\n", stat)).isEqualTo(2_500);
    }

    @Test
    void thisProcessHasBeenRunningForAWhileAndGetsOlder() {
        long millis = ProcessAge.millis();
        assertThat(millis).isPositive();
        assertThat(ProcessAge.millis()).isGreaterThanOrEqualTo(millis);
    }
}
