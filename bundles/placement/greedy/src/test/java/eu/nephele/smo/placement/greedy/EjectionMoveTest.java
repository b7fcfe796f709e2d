// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.placement.greedy;

import static org.assertj.core.api.Assertions.assertThat;

import eu.nephele.smo.lab.conformance.RandomProblems;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class EjectionMoveTest {

    /** s0 and s1 fill c0, where alone s2 may go; each of them could leave. */
    @Test
    void theOneLeavesWhoseMoveCostsLeast() {
        SmallProblem problem = new SmallProblem(List.of(2, 2, 2), List.of(4, 2, 2)).prices((request, costs) -> {
            costs.assign(0, 1, 9);
            costs.assign(0, 2, 7);
            costs.assign(1, 0, 4);
            costs.assign(1, 1, 8);
            costs.assign(1, 2, 10);
        });
        problem.builder().forbid(2, 1, "not there").forbid(2, 2, "not there");
        PlacementItems items = problem.items();
        PartialPlacement partial = new PartialPlacement(items);
        partial.put(0, 0);
        partial.put(1, 0);

        assertThat(new EjectionMove(items, partial).makeRoom(2)).isTrue();
        assertThat(columns(items, partial)).containsExactly(0, 1, 0);
        assertThat(partial.usedCpuMillis(0)).isEqualTo(4000);
        assertThat(partial.usedCpuMillis(1)).isEqualTo(2000);
    }

    @Test
    void whereNoItemCanLeaveAllStays() {
        PlacementItems items = new SmallProblem(List.of(2, 2), List.of(3, 1)).items();
        PartialPlacement partial = new PartialPlacement(items);
        partial.put(0, 0);

        assertThat(new EjectionMove(items, partial).makeRoom(1)).isFalse();
        assertThat(columns(items, partial)).containsExactly(0, PartialPlacement.NONE);
        assertThat(partial.usedCpuMillis(0)).isEqualTo(2000);
        partial.take(0);
        assertThat(partial.admits(1, 0)).isTrue();
    }

    /** Against a trial of every move, by the cost of all that is placed then. */
    @Test
    void noOtherMoveWouldHaveCostLess() {
        int moved = 0;
        int stuck = 0;
        for (long seed = 0; seed < 3000; seed++) {
            PlacementItems items = new PlacementItems(RandomProblems.small(seed));
            PartialPlacement partial = new PartialPlacement(items);
            Optional<Integer> homeless = fill(items, partial);
            if (homeless.isPresent()) {
                int[] before = columns(items, partial);
                Optional<Long> best = cheapest(items, before, homeless.get());
                boolean made = new EjectionMove(items, partial).makeRoom(homeless.get());
                assertThat(made).as("seed %d", seed).isEqualTo(best.isPresent());
                int[] after = columns(items, partial);
                if (made) {
                    assertThat(total(items, after)).as("seed %d", seed).isEqualTo(best);
                    moved++;
                } else {
                    assertThat(after).isEqualTo(before);
                    stuck++;
                }
            }
        }
        assertThat(moved).isGreaterThan(30);
        assertThat(stuck).isGreaterThan(100);
    }

    /** Places every item on the first cluster that admits it, up to one that no cluster admits. */
    private static Optional<Integer> fill(PlacementItems items, PartialPlacement partial) {
        for (int item = 0; item < items.count(); item++) {
            int column = 0;
            while (column < items.clusters() && !partial.admits(item, column)) {
                column++;
            }
            if (column == items.clusters()) {
                return Optional.of(item);
            }
            partial.put(item, column);
        }
        return Optional.empty();
    }

    private static Optional<Long> cheapest(PlacementItems items, int[] before, int item) {
        Optional<Long> best = Optional.empty();
        for (int leaver = 0; leaver < item; leaver++) {
            for (int to = 0; to < items.clusters(); to++) {
                if (to != before[leaver]) {
                    int[] after = before.clone();
                    after[item] = before[leaver];
                    after[leaver] = to;
                    Optional<Long> cost = total(items, after);
                    if (cost.isPresent() && (best.isEmpty() || cost.get() < best.get())) {
                        best = cost;
                    }
                }
            }
        }
        return best;
    }

    /** The cost of a partial placement; empty where it breaks a rule. */
    private static Optional<Long> total(PlacementItems items, int[] columns) {
        PartialPlacement partial = new PartialPlacement(items);
        long sum = 0;
        for (int item = 0; item < columns.length; item++) {
            if (columns[item] != PartialPlacement.NONE) {
                if (!partial.admits(item, columns[item])) {
                    return Optional.empty();
                }
                sum += partial.increment(item, columns[item]);
                partial.put(item, columns[item]);
            }
        }
        return Optional.of(sum);
    }

    private static int[] columns(PlacementItems items, PartialPlacement partial) {
        int[] columns = new int[items.count()];
        Arrays.setAll(columns, partial::clusterOf);
        return columns;
    }
}
