// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.placement.solver;

import java.util.SplittableRandom;

/**
 * The annealing of each round, by single moves or by chains. Which of the two is better depends on the problem, so that every few rounds
 * both begin with the same assignment, and chains have the rounds until the next comparison if they end clearly nearer to the bound. With traffic,
 * constraints between items or costs of openings, which chains do not know, there are only single moves. Not thread-safe.
 */
final class AnnealingRounds {

    private static final int PAIRS_PER_UNIT = 128;
    private static final double LEAST_SCALE = 0.3;
    private static final double COLD_OF_MOVES = 0.02;
    private static final double COLD_OF_CHAINS = 0.1;
    private static final long CHAIN_UNITS_PER_MOVE = 6;

    /** Chains take longer than moves: they are the better ones if they end with at most this part of the gap. */
    private static final double PART_OF_GAP = 0.8;

    private static final int ROUNDS_PER_COMPARISON = 4;

    /** Chains that have lost so often are not compared again. */
    private static final int MOST_LOSSES = 2;

    private final SearchState state;
    private final CapacityPrices prices;
    private final BestFound best;
    private final OverflowPrices overflowPrices;
    private final SplittableRandom random;
    private final WorkBudget work;
    private final boolean chainsKnowAllCosts;
    private boolean chainsAreBetter;
    private int nextComparison;
    private int losses;

    AnnealingRounds(
            SearchState state,
            CapacityPrices prices,
            BestFound best,
            OverflowPrices overflowPrices,
            SplittableRandom random,
            WorkBudget work) {
        this.state = state;
        this.prices = prices;
        this.best = best;
        this.overflowPrices = overflowPrices;
        this.random = random;
        this.work = work;
        this.chainsKnowAllCosts = !state.priced && !state.opens && !state.problem.links.constrained;
    }

    /**
     * Leaves the state where the search has led.
     *
     * @param moves so many, or chains of several times the work
     * @param heat at the beginning, in mean regrets
     * @param repair makes the state feasible if it can, and offers it
     */
    void run(int round, long moves, double heat, CandidateLists candidates, Runnable repair) {
        double scale = Math.max(LEAST_SCALE, candidates.meanRegret());
        if (round >= nextComparison && losses < MOST_LOSSES && chainsKnowAllCosts) {
            int[] start = state.at.clone();
            double byMoves = runMoves(moves, heat, scale, candidates, repair);
            state.reset(start);
            double byChains = runChains(moves, heat, scale, candidates, repair);
            chainsAreBetter = byChains - prices.bound() < PART_OF_GAP * (byMoves - prices.bound());
            losses += chainsAreBetter ? 0 : 1;
            nextComparison = round + (chainsAreBetter ? ROUNDS_PER_COMPARISON : 1);
        } else if (chainsAreBetter) {
            runChains(moves, heat, scale, candidates, repair);
        } else {
            runMoves(moves, heat, scale, candidates, repair);
        }
    }

    private double runMoves(long moves, double heat, double scale, CandidateLists candidates, Runnable repair) {
        new Annealing(state, candidates, best, overflowPrices, random.split(), work)
                .run(moves, heat * scale, COLD_OF_MOVES * scale, () -> repairCopy(repair));
        return end(repair);
    }

    private double runChains(long moves, double heat, double scale, CandidateLists candidates, Runnable repair) {
        if (!work.spend(1 + (long) state.problem.items * state.problem.clusters / PAIRS_PER_UNIT)) {
            return Double.POSITIVE_INFINITY;
        }
        EjectionChains chains = new EjectionChains(state, candidates, prices, random.split());
        new ChainAnnealing(state, chains, best, overflowPrices, random.split(), work)
                .run(CHAIN_UNITS_PER_MOVE * moves, heat * scale, COLD_OF_CHAINS * scale, () -> repairCopy(repair));
        return end(repair);
    }

    private void repairCopy(Runnable repair) {
        int[] present = state.at.clone();
        repair.run();
        state.reset(present);
    }

    /** Returns the cost where it has ended; infinite if that is not feasible, even after a repair. */
    private double end(Runnable repair) {
        if (!state.isFeasible()) {
            repair.run();
        }
        return state.isFeasible() ? state.cost() : Double.POSITIVE_INFINITY;
    }
}
