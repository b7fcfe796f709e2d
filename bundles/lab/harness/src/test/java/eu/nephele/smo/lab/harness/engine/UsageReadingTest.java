// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.harness.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

@EnabledOnOs(OS.LINUX)
class UsageReadingTest {

    private static final String BUSY = "i=0; while [ $i -lt 200000 ]; do i=$((i+1)); done";

    @Test
    void theTimeOfAChildCountsForItsFamilyWhileItRunsAndAfterItsEnd() throws Exception {
        // one child ends, the other one goes on when it has done as much
        Process family = new ProcessBuilder(
                        "sh", "-c", "sh -c '%s'; echo one; sh -c '%s; echo two; read x'; true".formatted(BUSY, BUSY))
                .start();
        try {
            var said = family.inputReader();
            assertThat(said.readLine()).isEqualTo("one");
            long afterOne = UsageReading.cpuMillisOfFamily(family.pid());
            assertThat(said.readLine()).isEqualTo("two");
            long afterTwo = UsageReading.cpuMillisOfFamily(family.pid());
            assertThat(afterOne).isPositive();
            assertThat(afterTwo).isGreaterThan(afterOne);
            assertThat(UsageReading.cpuMillis(family.pid())).isLessThan(afterOne);
        } finally {
            family.destroy();
            family.getOutputStream().close();
            family.waitFor(10, TimeUnit.SECONDS);
        }
    }
}
