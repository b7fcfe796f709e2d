// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.placement.solver;

import static org.assertj.core.api.Assertions.assertThat;

import eu.nephele.smo.lab.conformance.SimpleContext;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class AnnealingRoundsTest {

    private static final int CLUSTERS = 10;

    /** What costs little takes much, so that the cost is that of what stays free. By single moves alone 0.44 % of it are left. */
    @Test
    void clustersAreFilledToTheBrim() {
        AssignmentProblem problem = brimful(3, 400);
        Incumbent incumbent = new Incumbent();
        WorkBudget work = new WorkBudget(SimpleContext.unlimited().withWorkBudget(1_000_000));
        AnytimeSearch search = new AnytimeSearch(problem, incumbent, 3, work);
        search.begin();
        search.improve(100);
        assertThat(problem.isFeasible(incumbent.at())).isTrue();
        assertThat((double) incumbent.vector()[0]).isLessThan(1.003 * search.bound());
    }

    @Test
    void eachRoundLeavesAFeasibleStateThatIsOfferedAndIsRepeatable() {
        AssignmentProblem problem = brimful(7, 60);
        assertThat(afterRounds(problem)).isEqualTo(afterRounds(problem));
    }

    private static int[] afterRounds(AssignmentProblem problem) {
        WorkBudget work = new WorkBudget(SimpleContext.unlimited());
        CapacityPrices prices = new CapacityPrices(problem);
        prices.improve(300, 1e12, work);
        SplittableRandom random = new SplittableRandom(5);
        CandidateLists candidates = new CandidateLists(problem, prices, random.split(), true);
        SearchState state = new SearchState(problem);
        state.reset(new RegretConstruction(problem, prices).build());
        OverflowPrices overflowPrices = new OverflowPrices(problem, prices, state, candidates.meanRegret());
        System.arraycopy(overflowPrices.base(), 0, state.overflowPrice, 0, state.overflowPrice.length);
        Incumbent incumbent = new Incumbent();
        BestFound best = new BestFound(problem, incumbent);
        AnnealingRounds rounds = new AnnealingRounds(state, prices, best, overflowPrices, random.split(), work);
        for (int round = 0; round < 6; round++) {
            rounds.run(round, 10_000, 0.5, candidates, () -> {
                new Repair(state, candidates, random.split(), work).run(overflowPrices.forRepair());
                best.offer(state);
            });
            best.publish();
            assertThat(state.isFeasible()).isTrue();
            assertThat(incumbent.vector()[0]).isLessThanOrEqualTo(problem.vector(state.at)[0]);
        }
        return incumbent.at();
    }

    /** Demands depend on the cluster, costs fall with them, and there is room for four in five of the mean demand. */
    private static AssignmentProblem brimful(long seed, int items) {
        SplittableRandom random = new SplittableRandom(seed);
        long[] demand = new long[items * CLUSTERS];
        long[] cost = new long[demand.length];
        long[] capacity = new long[CLUSTERS];
        for (int cell = 0; cell < demand.length; cell++) {
            demand[cell] = random.nextInt(1, 101);
            cost[cell] = 111 - demand[cell] + random.nextInt(-10, 11);
            capacity[cell % CLUSTERS] += demand[cell];
        }
        Arrays.setAll(capacity, cluster -> capacity[cluster] * 8 / 10 / CLUSTERS);
        boolean[] allowed = new boolean[demand.length];
        Arrays.fill(allowed, true);
        long[][] unary = {cost, new long[cost.length], new long[cost.length]};
        long[][] distance = {new long[CLUSTERS * CLUSTERS], {}, {}};
        return new AssignmentProblem(
                CLUSTERS,
                demand,
                capacity,
                allowed,
                new ObjectiveVector(1, unary, new long[3][CLUSTERS], distance),
                new LinkTable.Builder(items, CLUSTERS).build(() -> new double[CLUSTERS * CLUSTERS]),
                false);
    }
}
