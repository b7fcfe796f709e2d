// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.placement.solver;

import java.util.Arrays;

/**
 * A lower bound from knapsacks: each item has a reward for being placed, each cluster chooses the items that gain most, whether or not
 * another one has chosen them, too. For any rewards, their sum less the gains of all clusters is a lower bound of the cost (Lagrangian
 * relaxation of the assignment; see M. L. Fisher, R. Jaikumar and L. N. Van Wassenhove, "A multiplier adjustment method for the
 * generalized assignment problem", Management Science 32, 1986). It is the better one where a cluster takes few items. Traffic counts for
 * nothing. All sums are exact. Not thread-safe.
 */
final class ItemRewards {

    private static final double DEFLECTION = 0.3;
    private static final double STEP_DECAY = 0.5;
    private static final double LEAST_STEP = 0.02;
    private static final double LEAST_GAIN = 1e-5;
    private static final int PATIENCE = 8;
    private static final int PAIRS_PER_UNIT = 16;
    private static final int NODES_PER_UNIT = 8;

    private final AssignmentProblem problem;
    private final ClusterKnapsack knapsack;
    private final WorkBudget work;
    private final long unitsPerPass;
    private final int[] times;
    private final long[] gain;
    private long countedNodes;

    ItemRewards(AssignmentProblem problem, CapacityPrices prices, WorkBudget work) {
        this.problem = problem;
        this.knapsack = new ClusterKnapsack(problem, prices);
        this.work = work;
        this.unitsPerPass = 1 + (long) problem.items * problem.clusters / PAIRS_PER_UNIT;
        this.times = new int[problem.items];
        this.gain = new long[problem.clusters];
    }

    /** Returns rewards whose bound is no less than that of the prices, but for rounding: what each item costs with the capacity that it takes. */
    static long[] from(AssignmentProblem problem, CapacityPrices prices) {
        long[] reward = new long[problem.items];
        for (int item = 0; item < problem.items; item++) {
            double least = Double.POSITIVE_INFINITY;
            for (int cluster = 0; cluster < problem.clusters; cluster++) {
                if (problem.allowed[item * problem.clusters + cluster]) {
                    least = Math.min(least, prices.priced(item, cluster));
                }
            }
            reward[item] = (long) least;
        }
        return reward;
    }

    /** Returns the bound of the rewards; exact, so that no assignment on possible clusters costs less. */
    long bound(boolean[] possible, long[] reward) {
        Arrays.fill(times, 0);
        long sum = Arrays.stream(reward).sum();
        for (int cluster = 0; cluster < problem.clusters; cluster++) {
            knapsack.use(cluster, possible, reward);
            gain[cluster] = knapsack.most();
            knapsack.countChosen(times);
            sum -= gain[cluster];
        }
        return sum;
    }

    /**
     * Changes rewards by subgradient steps to those of the highest bound found.
     *
     * @param firstStep 1 from any rewards, less from good ones
     * @param target cost of a known assignment
     * @param enough a bound that is higher ends it
     * @return the bound; the work may have ended before
     */
    long raise(boolean[] possible, long[] reward, int passes, double firstStep, long target, long enough) {
        long[] present = reward.clone();
        double[] direction = new double[problem.items];
        double step = firstStep;
        long best = Long.MIN_VALUE;
        int withoutGain = 0;
        for (int pass = 0; pass < passes && best <= enough && step >= LEAST_STEP && spend(unitsPerPass); pass++) {
            long value = bound(possible, present);
            withoutGain = best != Long.MIN_VALUE && value <= best + Math.abs(best) * LEAST_GAIN ? withoutGain + 1 : 0;
            if (value > best) {
                best = value;
                System.arraycopy(present, 0, reward, 0, reward.length);
            }
            if (withoutGain >= PATIENCE) {
                step *= STEP_DECAY;
                withoutGain = 0;
            }
            // a bound that has reached the target leaves no step to make
            if (value >= target || Arrays.stream(times).allMatch(count -> count == 1)) {
                break;
            }
            double norm = 0;
            for (int item = 0; item < direction.length; item++) {
                direction[item] = (1 - DEFLECTION) * (1 - times[item]) + DEFLECTION * direction[item];
                norm += direction[item] * direction[item];
            }
            double length = step * (target - value) / norm;
            for (int item = 0; item < direction.length; item++) {
                present[item] = Math.round(present[item] + length * direction[item]);
            }
        }
        return best;
    }

    /**
     * Finds what an assignment that costs no more than a limit cannot do: a pair of item and cluster that its reduced cost rules out is no
     * longer possible, and neither are the others of an item that has to be on one cluster.
     *
     * @return pairs that were ruled out
     */
    int fix(boolean[] possible, long[] reward, long limit) {
        long slack = limit - bound(possible, reward);
        int fixed = 0;
        for (int cluster = 0; cluster < problem.clusters; cluster++) {
            knapsack.use(cluster, possible, reward);
            for (int item = 0; item < problem.items; item++) {
                int cell = item * problem.clusters + cluster;
                if (possible[cell] && spend(1)) {
                    if (!knapsack.gainsWith(item, reward[item], gain[cluster] - slack)) {
                        possible[cell] = false;
                        fixed++;
                    } else if (!knapsack.gainsWithout(item, gain[cluster] - slack)) {
                        fixed += leaveOnly(possible, item, cluster);
                    }
                }
            }
        }
        return fixed;
    }

    private int leaveOnly(boolean[] possible, int item, int cluster) {
        int left = 0;
        for (int other = 0; other < problem.clusters; other++) {
            int cell = item * problem.clusters + other;
            left += possible[cell] && other != cluster ? 1 : 0;
            possible[cell] &= other == cluster;
        }
        return left;
    }

    /** Returns whether the work has ended. */
    boolean hasEnded() {
        return work.ended();
    }

    /** Counts the nodes of the knapsacks since the last time, too. */
    private boolean spend(long units) {
        long more = (knapsack.nodes() - countedNodes) / NODES_PER_UNIT;
        countedNodes += more * NODES_PER_UNIT;
        return work.spend(units + more);
    }
}
