// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.api.Timeout;

/**
 * Failover and rebalancing in federations made by chance. {@code -Dsmo.failover.cases=1000} tries more of them,
 * {@code -Dsmo.failover.first=17 -Dsmo.failover.cases=1} a certain one.
 */
@Timeout(value = 14, unit = TimeUnit.MINUTES)
class FailoverPropertyTest {

    /** Of the cases from here on everything that the last assertion names happens in few of them. */
    private static final int FIRST = Integer.getInteger("smo.failover.first", 46);

    private static final int CASES = Integer.getInteger("smo.failover.cases", 45);

    @Test
    void noCapacityIsExceededNothingMovesWithoutReasonAndAllComesToRest(TestReporter reporter) throws Exception {
        Map<String, Integer> tally =
                RandomCases.run(FIRST, CASES, (number, stores) -> new FailoverCase(number, stores).run());
        reporter.publishEntry(CASES + " cases", tally.toString());
        if (CASES >= 45) {
            assertThat(tally)
                    .as("what happened in the cases")
                    .containsKeys("failover", "return", "drain", "update", "move", "offload", "replace", "moves");
        }
    }
}
