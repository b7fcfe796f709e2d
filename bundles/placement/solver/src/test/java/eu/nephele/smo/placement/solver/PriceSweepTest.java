// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.placement.solver;

import static org.assertj.core.api.Assertions.assertThat;

import eu.nephele.smo.lab.conformance.SimpleContext;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class PriceSweepTest {

    @Test
    void thePricesAreNotNegativeAndTheirBoundIsNotTooHigh() {
        int raised = 0;
        for (long seed = 0; seed < 800; seed++) {
            SmallProblem small = SmallProblem.from(seed);
            AssignmentProblem problem = small.model();
            List<int[]> feasible =
                    small.all().stream().filter(small::isFeasible).toList();
            if (!feasible.isEmpty()) {
                double[] swept = new PriceSweep(problem).prices();
                assertThat(Arrays.stream(swept)).as("seed %d", seed).allMatch(price -> price >= 0 && price < 1e18);
                CapacityPrices prices = new CapacityPrices(problem);
                prices.pass(1.0);
                long before = prices.bound();
                prices.startFrom(swept);
                prices.pass(1.0);
                int level = problem.objective.searchLevel;
                long optimum = feasible.stream()
                        .mapToLong(at -> problem.vector(at)[level])
                        .min()
                        .getAsLong();
                assertThat(prices.bound()).as("seed %d", seed).isBetween(before, optimum);
                raised += prices.bound() > before ? 1 : 0;
            }
        }
        assertThat(raised).isGreaterThan(10);
    }

    /** Only the first cluster is scarce: the best price is one at which an item leaves it. */
    @Test
    void whereOneCapacityDecidesNoOtherPriceHasAHigherBound() {
        int items = 12;
        for (long seed = 0; seed < 200; seed++) {
            SplittableRandom random = new SplittableRandom(seed);
            long[] demand = random.longs(items, 1, 100).toArray();
            long[] cost = random.longs(2L * items, 1, 1_000).toArray();
            long[] capacity = {Arrays.stream(demand).sum() / 3, 1_000_000};
            double[] swept = new PriceSweep(problem(demand, capacity, cost)).prices();
            assertThat(swept[1]).isZero();
            double bound = bound(swept[0], demand, cost, capacity[0]);
            for (int item = 0; item < items; item++) {
                double leaves = Math.max(0, (double) (cost[2 * item + 1] - cost[2 * item]) / demand[item]);
                assertThat(bound(leaves, demand, cost, capacity[0]))
                        .as("seed %d", seed)
                        .isLessThan(bound + 1e-6);
            }
        }
    }

    private static double bound(double price, long[] demand, long[] cost, long capacity) {
        double sum = -price * capacity;
        for (int item = 0; item < demand.length; item++) {
            sum += Math.min(cost[2 * item] + price * demand[item], (double) cost[2 * item + 1]);
        }
        return sum;
    }

    /** All are on the first cluster, which has room for 40 of 100; each of the others moves at a cost of 1. */
    @Test
    void equalItemsOfWhichSomeHaveToMoveAreProvenInAllLevels() {
        int items = 100;
        int clusters = 4;
        AssignmentProblem problem = moves(items, clusters);
        Incumbent incumbent = new Incumbent();
        AnytimeSearch anytime = new AnytimeSearch(problem, incumbent, 1, new WorkBudget(SimpleContext.unlimited()));
        anytime.begin();
        anytime.price();
        assertThat(incumbent.vector()).containsExactly(60_000_000, 60, 30_000);
        assertThat(anytime.bound()).isEqualTo(60_000_000);
        assertThat(anytime.isProven()).isTrue();
    }

    private static AssignmentProblem moves(int items, int clusters) {
        long[] moved = new long[items * clusters];
        Arrays.setAll(moved, cell -> cell % clusters == 0 ? 0 : 1);
        long[] demand = new long[items];
        Arrays.fill(demand, 500);
        long[] capacity = new long[clusters];
        Arrays.fill(capacity, 20_000);
        return problem(
                demand,
                capacity,
                Arrays.stream(moved).map(cost -> cost * 1_000_000).toArray(),
                moved,
                Arrays.stream(moved).map(cost -> cost * 500).toArray());
    }

    /** All items are allowed everywhere. */
    private static AssignmentProblem problem(long[] demand, long[] capacity, long[]... unary) {
        int clusters = capacity.length;
        boolean[] allowed = new boolean[demand.length * clusters];
        Arrays.fill(allowed, true);
        long[][] distance = new long[unary.length][0];
        distance[0] = new long[clusters * clusters];
        ObjectiveVector objective = new ObjectiveVector(1, unary, new long[unary.length][clusters], distance);
        LinkTable links = new LinkTable.Builder(demand.length, clusters).build(() -> new double[clusters * clusters]);
        return new AssignmentProblem(clusters, demand, capacity, allowed, objective, links, false);
    }
}
