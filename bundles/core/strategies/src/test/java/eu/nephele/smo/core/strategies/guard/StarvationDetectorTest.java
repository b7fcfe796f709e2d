// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.strategies.guard;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.Thread.State;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StarvationDetectorTest {

    @ParameterizedTest
    @CsvSource({
        "RUNNABLE, 1, 100, 8, true, hardly run on a machine that is too busy",
        "RUNNABLE, 50, 100, 8, false, it had half of the time",
        "RUNNABLE, 1, 100, 1, false, the machine had time",
        "TIMED_WAITING, 1, 100, 8, false, it sleeps by itself",
        "WAITING, 1, 100, 8, false, it waits by itself",
        "RUNNABLE, -1, 100, 8, false, nobody can tell"
    })
    void onlyABusyMachineExplainsALateAnswer(
            State state, long processorNanos, long elapsedNanos, double loadPerProcessor, boolean starved, String why) {
        assertThat(StarvationDetector.explains(state, processorNanos, elapsedNanos, loadPerProcessor))
                .as(why)
                .isEqualTo(starved);
    }
}
