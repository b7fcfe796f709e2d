// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/**
 * Plans of changes made by chance. {@code -Dsmo.plan.cases=1000} tries more of them,
 * {@code -Dsmo.plan.first=17 -Dsmo.plan.cases=1} a certain one.
 */
class PlanPropertyTest {

    private static final int FIRST = Integer.getInteger("smo.plan.first", 1);
    private static final int CASES = Integer.getInteger("smo.plan.cases", 200);

    /** So many failures say what is to be said. */
    private static final int ENOUGH = 5;

    @Test
    void whatAPlanShowsIsWhatIsDoneAndAStalePlanIsRefused() throws Exception {
        Map<String, Integer> tally = new TreeMap<>();
        List<String> failures = new ArrayList<>();
        try (ReusedStores stores = new ReusedStores()) {
            for (int seed = FIRST; seed < FIRST + CASES && failures.size() < ENOUGH; seed++) {
                try {
                    tally.merge(new PlanCase(seed, stores.emptied()).run(), 1, Integer::sum);
                } catch (AssertionError e) {
                    failures.add("Case " + seed + ": " + e.getMessage());
                }
            }
        }
        assertThat(failures).as("cases that went wrong").isEmpty();
        if (CASES >= 100) {
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
