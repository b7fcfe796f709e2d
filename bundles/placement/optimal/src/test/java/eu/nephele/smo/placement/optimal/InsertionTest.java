// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.placement.optimal;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class InsertionTest {

    @Test
    void eachItemGoesWhereItAddsLeastOrElseHarmsLeast() {
        int stuckSomewhere = 0;
        for (long seed = 0; seed < 800; seed++) {
            PlacementModel model = RandomModel.from(seed).model();
            List<Integer> placeable = IntStream.range(0, model.items)
                    .filter(item -> IntStream.range(0, model.clusters).anyMatch(c -> model.allowed[item][c]))
                    .boxed()
                    .toList();
            Assignment expected = new Assignment(model);
            int stuck = Assignment.NOWHERE;
            for (int item : placeable) {
                int cluster = cheapest(model, expected, item);
                if (cluster == Assignment.NOWHERE) {
                    stuck = stuck == Assignment.NOWHERE ? item : stuck;
                    cluster = leastHarm(model, expected, item);
                }
                expected.put(item, cluster);
            }
            Assignment assignment = new Assignment(model);
            assertThat(new Insertion(assignment).insert(placeable))
                    .as("seed %d", seed)
                    .isEqualTo(stuck);
            assertThat(assignment.at).as("seed %d", seed).isEqualTo(expected.at);
            stuckSomewhere += stuck == Assignment.NOWHERE ? 0 : 1;
        }
        assertThat(stuckSomewhere).isGreaterThan(50);
    }

    @Test
    void theLargestShareOfAResourceIsFirst() {
        for (long seed = 0; seed < 400; seed++) {
            PlacementModel model = RandomModel.from(seed).model();
            List<Integer> expected = IntStream.range(0, model.items)
                    .boxed()
                    .sorted((one, other) -> Double.compare(share(model, other), share(model, one)))
                    .toList();
            assertThat(Insertion.bySize(model)).as("seed %d", seed).isEqualTo(expected);
        }
    }

    private static double share(PlacementModel model, int item) {
        return IntStream.range(0, model.demand[item].length)
                .mapToDouble(r -> model.demand[item][r]
                        / Math.max(
                                1.0,
                                Arrays.stream(model.free)
                                        .mapToDouble(free -> free[r])
                                        .sum()))
                .max()
                .orElse(0);
    }

    private static int cheapest(PlacementModel model, Assignment assignment, int item) {
        return IntStream.range(0, model.clusters)
                .filter(cluster -> assignment.admits(item, cluster))
                .boxed()
                .min((one, other) ->
                        Arrays.compare(cost(model, assignment, item, one), cost(model, assignment, item, other)))
                .orElse(Assignment.NOWHERE);
    }

    private static long[] cost(PlacementModel model, Assignment assignment, int item, int cluster) {
        long[] cost = new long[model.objective.levels];
        assignment.addTo(cost, item, cluster);
        return cost;
    }

    /** Conflicts count one each, what is beyond a capacity as the share of that. */
    private static int leastHarm(PlacementModel model, Assignment assignment, int item) {
        int best = Assignment.NOWHERE;
        double least = Double.POSITIVE_INFINITY;
        for (int cluster = 0; cluster < model.clusters; cluster++) {
            double harm = assignment.quarrels(item, cluster);
            for (int r = 0; r < model.demand[item].length; r++) {
                double needed = (double) assignment.used[cluster][r] + model.demand[item][r];
                double free = model.free[cluster][r];
                harm += Math.max(0, needed - free) / Math.max(1, free);
            }
            if (model.allowed[item][cluster] && harm < least) {
                best = cluster;
                least = harm;
            }
        }
        return best;
    }
}
