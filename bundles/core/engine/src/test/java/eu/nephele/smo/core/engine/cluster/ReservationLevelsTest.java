// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.engine.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import eu.nephele.smo.api.model.ClusterId;
import eu.nephele.smo.api.model.GraphId;
import eu.nephele.smo.api.model.Resources;
import eu.nephele.smo.core.engine.cluster.LowerReservations.Holder;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class ReservationLevelsTest {

    private static final ClusterId C1 = new ClusterId("s", "c1");
    private static final ClusterId C2 = new ClusterId("s", "c2");

    private final ReservationLevels levels = new ReservationLevels();

    private static GraphId graph(String name) {
        return new GraphId("p", name);
    }

    private static Resources cores(int count) {
        return new Resources(count * 1_000L, count, 0, 0);
    }

    @Test
    void theLeastImportantAreNamedFirstAndThoseOfOthersAreCounted() {
        levels.track(graph("a"), 0, Map.of(C1, cores(1), C2, cores(7)));
        levels.track(graph("b"), -2, Map.of(C1, cores(2)));
        levels.track(graph("c"), 4, Map.of(C1, cores(3)));
        levels.track(new GraphId("secret", "d"), -9, Map.of(C1, cores(4)));
        LowerReservations lower = levels.below(C1, 4, "p", 2);
        assertThat(lower.graphs()).isEqualTo(3);
        assertThat(lower.total()).isEqualTo(cores(7));
        assertThat(lower.named()).containsExactly(new Holder(graph("b"), -2), new Holder(graph("a"), 0));
        assertThat(levels.below(C1, 4, "p", 1).named()).hasSize(1);
        assertThat(levels.below(C1, -9, "p", 2).graphs()).isZero();
        assertThat(levels.below(C2, 0, "p", 2).graphs()).isZero();
    }

    @Test
    void sumsAreThoseOfAllThatIsTrackedNow() {
        Random random = new Random(7);
        Map<GraphId, Integer> priorities = new TreeMap<>();
        Map<GraphId, Map<ClusterId, Resources>> reserved = new TreeMap<>();
        for (int step = 0; step < 2_000; step++) {
            GraphId graph = graph("g" + random.nextInt(20));
            if (random.nextInt(4) == 0) {
                levels.forget(graph);
                reserved.remove(graph);
            } else {
                Map<ClusterId, Resources> amounts = new TreeMap<>();
                List.of(C1, C2).forEach(cluster -> {
                    if (random.nextBoolean()) {
                        amounts.put(cluster, cores(1 + random.nextInt(5)));
                    }
                });
                int priority = random.nextInt(5) - 2;
                levels.track(graph, priority, amounts);
                reserved.put(graph, amounts);
                priorities.put(graph, priority);
            }
            int below = random.nextInt(7) - 3;
            List<Resources> there = new ArrayList<>();
            reserved.forEach((each, amounts) -> {
                if (priorities.get(each) < below && amounts.containsKey(C1)) {
                    there.add(amounts.get(C1));
                }
            });
            LowerReservations lower = levels.below(C1, below, "p", 3);
            assertThat(lower.graphs()).isEqualTo(there.size());
            assertThat(lower.total()).isEqualTo(ClusterInventory.sum(there));
            assertThat(lower.named()).hasSize(Math.min(3, there.size()));
        }
    }
}
