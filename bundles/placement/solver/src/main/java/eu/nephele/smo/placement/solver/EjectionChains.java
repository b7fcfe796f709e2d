// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.placement.solver;

import java.util.Arrays;
import java.util.SplittableRandom;

/**
 * Chains of moves that keep clusters full: an item leaves its cluster, the item that fills the gap best takes its place, another one the
 * place of that, and so on, until the first item finds a place that makes the whole chain acceptable (after M. Yagiura, T. Ibaraki and
 * F. Glover, "An ejection chain approach for the generalized assignment problem", INFORMS Journal on Computing 16, 2004). A chain is
 * weighed at fixed capacity prices: what its items lose, what is free at the price of the capacity, and overflow at its own price. It
 * knows neither constraints between items nor traffic nor costs of openings. Not thread-safe.
 */
final class EjectionChains {

    private static final int LONGEST = 12;

    /** A chain that has lost so many times the mean regret, more than is acceptable, is given up. */
    private static final double HOPELESS = 4;

    /** One in so many items is passed over, so that not all chains from an item are the same. */
    private static final int PASSED_OVER = 4;

    private final AssignmentProblem problem;
    private final SearchState state;
    private final SplittableRandom random;
    private final double[] capacityPrice;

    /** As of the state, with the moves of the chain. */
    private final long[] load;

    /** By item: the last chain that has moved it. */
    private final long[] lastChain;

    private final int[] moved = new int[LONGEST + 1];
    private final int[] target = new int[LONGEST + 1];
    private final CandidateLists candidates;
    private final NearItems near;
    private long chains;
    private long evaluations;

    // of the present chain
    private int first;
    private int gap;
    private int length;
    private double change;

    /** @param state no other changes its loads from now on */
    EjectionChains(SearchState state, CandidateLists candidates, CapacityPrices prices, SplittableRandom random) {
        this.problem = state.problem;
        this.state = state;
        this.random = random;
        this.capacityPrice = new double[problem.capacity.length];
        this.load = new long[capacityPrice.length];
        this.lastChain = new long[problem.items];
        this.candidates = candidates;
        this.near = new NearItems(problem, prices);
        Arrays.setAll(capacityPrice, prices::price);
        System.arraycopy(state.load, 0, load, 0, load.length);
    }

    /** Returns how many moves were weighed so far. */
    long evaluations() {
        return evaluations;
    }

    /**
     * Tries a chain that begins with an item.
     *
     * @param acceptable the most that it may change the state for the worse
     * @return whether the state was changed
     */
    boolean run(int item, double acceptable) {
        if (candidates.count(item) < 2) {
            return false;
        }
        chains++;
        lastChain[item] = chains;
        first = item;
        gap = state.at[item];
        length = 0;
        change = changeOfFill(gap, item, -1) - near.regret[item * problem.clusters + gap];
        add(gap, item, -1);
        double most = acceptable + HOPELESS * candidates.meanRegret();
        while (!close(acceptable)) {
            if (length == LONGEST || change - priceOfFill(gap) > most || !fillGap()) {
                takeBack();
                return false;
            }
        }
        for (int move = 0; move < length; move++) {
            state.move(moved[move], target[move]);
        }
        return true;
    }

    /** Puts the first item to the cluster where it costs least now, if that is acceptable. */
    private boolean close(double acceptable) {
        int home = state.at[first];
        int bestTo = Assignment.NOWHERE;
        double least = acceptable - change;
        for (int rank = 0; rank < candidates.count(first); rank++) {
            int to = candidates.at(first, rank);
            if (length > 0 || to != home) {
                evaluations++;
                double its = near.regret[first * problem.clusters + to] + changeOfFill(to, first, 1);
                if (its <= least) {
                    least = its;
                    bestTo = to;
                }
            }
        }
        if (bestTo == Assignment.NOWHERE) {
            return false;
        }
        add(bestTo, first, 1);
        moved[length] = first;
        target[length++] = bestTo;
        return true;
    }

    /** Moves the item into the gap that fills it at the least loss; there is another gap then. */
    private boolean fillGap() {
        int best = Assignment.NOWHERE;
        double least = Double.POSITIVE_INFINITY;
        double free = priceOfFill(gap);
        for (int rank = 0; rank < near.count(gap); rank++) {
            int item = near.at(gap, rank);
            double regret = near.regret[item * problem.clusters + gap];
            if (regret - free > least) {
                break; // those that follow hardly gain more: they would have to lose a lot where they are
            }
            int from = state.at[item];
            if (lastChain[item] != chains && from != gap && random.nextInt(PASSED_OVER) > 0) {
                evaluations++;
                double its = regret - near.regret[item * problem.clusters + from] + changeOfFill(gap, item, 1);
                if (its < least) {
                    least = its;
                    best = item;
                }
            }
        }
        if (best == Assignment.NOWHERE) {
            return false;
        }
        int from = state.at[best];
        change += least + changeOfFill(from, best, -1);
        add(gap, best, 1);
        add(from, best, -1);
        lastChain[best] = chains;
        moved[length] = best;
        target[length++] = gap;
        gap = from;
        return true;
    }

    private void takeBack() {
        add(state.at[first], first, 1);
        for (int move = 0; move < length; move++) {
            add(target[move], moved[move], -1);
            add(state.at[moved[move]], moved[move], 1);
        }
    }

    private void add(int cluster, int item, int sign) {
        int demandAt = problem.demandAt(item, cluster);
        for (int row = 0; row < problem.rows; row++) {
            load[cluster * problem.rows + row] += sign * problem.demand[demandAt + row];
        }
    }

    /** Returns the price of what is free on a cluster, and of what is too much. */
    private double priceOfFill(int cluster) {
        double sum = 0;
        for (int index = cluster * problem.rows; index < (cluster + 1) * problem.rows; index++) {
            long over = load[index] - problem.capacity[index];
            sum += state.overflowPrice[index] * Math.max(0, over) - capacityPrice[index] * over;
        }
        return sum;
    }

    /** Returns the change of that price when an item comes (1) or goes (-1). */
    private double changeOfFill(int cluster, int item, int sign) {
        double sum = 0;
        int demandAt = problem.demandAt(item, cluster);
        for (int row = 0; row < problem.rows; row++) {
            int index = cluster * problem.rows + row;
            long more = sign * problem.demand[demandAt + row];
            long over = load[index] - problem.capacity[index];
            sum += state.overflowPrice[index] * (Math.max(0, over + more) - Math.max(0, over))
                    - capacityPrice[index] * more;
        }
        return sum;
    }
}
