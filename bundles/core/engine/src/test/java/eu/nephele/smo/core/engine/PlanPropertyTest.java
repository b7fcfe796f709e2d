// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.api.Timeout;

/**
 * Plans of changes made by chance. {@code -Dsmo.plan.cases=1000} tries more of them,
 * {@code -Dsmo.plan.first=17 -Dsmo.plan.cases=1} a certain one.
 */
@Timeout(value = 14, unit = TimeUnit.MINUTES)
class PlanPropertyTest {

    private static final int FIRST = Integer.getInteger("smo.plan.first", 1);
    private static final int CASES = Integer.getInteger("smo.plan.cases", 60);

    @Test
    void whatAPlanShowsIsWhatIsDoneAndAStalePlanIsRefused(TestReporter reporter) throws Exception {
        Map<String, Integer> tally =
                RandomCases.run(FIRST, CASES, (number, stores) -> Map.of(new PlanCase(number, stores).run(), 1));
        reporter.publishEntry(CASES + " cases", tally.toString());
        if (CASES >= 60) {
            assertThat(tally)
                    .as("kinds of cases")
                    .containsKeys(
                            "deploy applied",
                            "update applied",
                            "place applied",
                            "deploy stale",
                            "update stale",
                            "place stale",
                            "deploy infeasible",
                            "update infeasible",
                            "place infeasible");
        }
    }
}
