// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.placement.solver;

/** The temperature of an annealing and the prices of overflow, which are set anew every few steps. Not thread-safe. */
final class Cooling {

    private static final int FEWEST_PER_CHECK = 256;
    private static final int MOST_PER_CHECK = 4096;
    private static final double LAST_RISE = 1.15;
    private static final double LAST_PHASE = 0.85;

    /** So many checks without overflow make good for one with it. */
    private static final double CHECKS_PER_RISE = 6;

    private final SearchState state;
    private final OverflowPrices overflowPrices;
    private final double rise;
    private final double decay;

    /** @param rise of the price of what overflows at a check, as a factor; steeper in the last phase */
    Cooling(SearchState state, OverflowPrices overflowPrices, double rise) {
        this.state = state;
        this.overflowPrices = overflowPrices;
        this.rise = rise;
        // the same on all machines, as whatever decides what is accepted: a replay finds the same
        this.decay = StrictMath.pow(rise, -1 / CHECKS_PER_RISE);
    }

    int stepsPerCheck() {
        return Math.max(FEWEST_PER_CHECK, Math.min(MOST_PER_CHECK, 2 * state.problem.items));
    }

    /**
     * Adapts the prices of overflow of the state.
     *
     * @param share of the annealing that is done, 0 to 1
     * @return the temperature now
     */
    double check(double share, double from, double to) {
        overflowPrices.adapt(state, share > LAST_PHASE ? LAST_RISE : rise, decay);
        return from * StrictMath.pow(to / from, share);
    }
}
