// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/**
 * Failover and rebalancing in federations made by chance. {@code -Dsmo.failover.cases=1000} tries more of them,
 * {@code -Dsmo.failover.first=17 -Dsmo.failover.cases=1} a certain one.
 */
class FailoverPropertyTest {

    private static final int FIRST = Integer.getInteger("smo.failover.first", 1);
    private static final int CASES = Integer.getInteger("smo.failover.cases", 300);

    /** So many failures say what is to be said. */
    private static final int ENOUGH = 5;

    @Test
    void noCapacityIsExceededNothingMovesWithoutReasonAndAllComesToRest() throws Exception {
        Map<String, Integer> tally = new TreeMap<>();
        List<String> failures = new ArrayList<>();
        try (ReusedStores stores = new ReusedStores()) {
            for (int seed = FIRST; seed < FIRST + CASES && failures.size() < ENOUGH; seed++) {
                try {
                    new FailoverCase(seed, stores.emptied())
                            .run()
                            .forEach((what, count) -> tally.merge(what, count, Integer::sum));
                } catch (AssertionError e) {
                    failures.add("Case " + seed + ": " + e.getMessage());
                }
            }
        }
        assertThat(failures).as("cases that went wrong").isEmpty();
        if (CASES >= 100) {
            assertThat(tally)
                    .as("what happened in the cases")
                    .containsKeys("failover", "return", "drain", "update", "move", "offload", "replace", "moves");
        }
    }
}
