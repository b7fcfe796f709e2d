// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.placement.solver;

import java.util.SplittableRandom;

/**
 * Simulated annealing with {@link EjectionChains}, for problems without traffic, constraints between items and costs of openings. It is the better one where nearly all of the cost is the
 * price of the capacity, so that what counts is to fill each cluster to the brim. Not thread-safe.
 */
final class ChainAnnealing {

    private static final int PICKS = 4;
    private static final int CHAINS_AT_ONCE = 32;
    private static final int EVALUATIONS_PER_UNIT = 16;
    private static final int CHECKPOINTS = 12;

    /** Slower than in an annealing of single moves: chains reach their fills in few steps. */
    private static final double RISE = 1.03;

    private final SearchState state;
    private final EjectionChains chains;
    private final BestFound best;
    private final Cooling cooling;
    private final SplittableRandom random;
    private final WorkBudget work;

    ChainAnnealing(
            SearchState state,
            EjectionChains chains,
            BestFound best,
            OverflowPrices overflowPrices,
            SplittableRandom random,
            WorkBudget work) {
        this.state = state;
        this.chains = chains;
        this.best = best;
        this.cooling = new Cooling(state, overflowPrices, RISE);
        this.random = random;
        this.work = work;
    }

    /**
     * Cools down from one temperature to another within so much work; the state is left where the last chain has led.
     *
     * @param checkpoint is called a few times when the state is not feasible; the state is the same afterwards
     */
    void run(long units, double from, double to, Runnable checkpoint) {
        best.offer(state);
        int check = cooling.stepsPerCheck();
        long every = Math.max(1, units / CHECKPOINTS);
        long nextCheckpoint = 2 * every;
        double temperature = from;
        long done = 0;
        long counted = chains.evaluations();
        for (long chain = 0; done < units; chain++) {
            if (chain % CHAINS_AT_ONCE == 0) {
                long more = CHAINS_AT_ONCE + (chains.evaluations() - counted) / EVALUATIONS_PER_UNIT;
                counted = chains.evaluations();
                done += more;
                if (!work.spend(more)) {
                    return;
                }
            }
            if (done >= nextCheckpoint) {
                nextCheckpoint += every;
                if (!state.isFeasible()) {
                    checkpoint.run();
                }
            }
            if (chain % check == 0) {
                temperature = cooling.check((double) done / units, from, to);
            }
            if (chains.run(
                    state.pick(random, chain % PICKS == 0), -temperature * StrictMath.log(1 - random.nextDouble()))) {
                best.offer(state);
            }
        }
    }
}
