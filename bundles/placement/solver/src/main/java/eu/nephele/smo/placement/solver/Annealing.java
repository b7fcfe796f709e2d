// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.placement.solver;

import java.util.SplittableRandom;

/**
 * Simulated annealing over shifts, moves of connected groups and ejection chains of up to three further items, with a price for overflow
 * that adapts itself by cluster and row and never falls far below the capacity price. Not thread-safe.
 */
final class Annealing {

    private static final int CHAIN = 3;
    private static final int MEMBERS_TRIED = 4;
    private static final int PERCENT = 100;
    /** Of refused shifts, where there is traffic. */
    private static final int PERCENT_OF_GROUPS = 20;

    /** Of the other refused shifts. */
    private static final int PERCENT_OF_CHAINS = 65;

    private static final int PERCENT_OF_CHAINS_CLOSED = 60;
    private static final int PERCENT_OF_CANDIDATES = 92;
    private static final int PERCENT_TO_NEIGHBOURS = 40;
    private static final int UNITS_AT_ONCE = 64;
    private static final int CHECKPOINTS = 12;
    private static final double RISE = 1.06;
    private final AssignmentProblem problem;
    private final SearchState state;
    private final BestFound best;
    private final Cooling cooling;
    private final SplittableRandom random;
    private final WorkBudget work;

    private final int[] moved = new int[CHAIN + 1];
    private final int[] former = new int[CHAIN + 1];
    private final CandidateLists candidates;
    private double temperature;

    Annealing(
            SearchState state,
            CandidateLists candidates,
            BestFound best,
            OverflowPrices overflowPrices,
            SplittableRandom random,
            WorkBudget work) {
        this.problem = state.problem;
        this.state = state;
        this.candidates = candidates;
        this.best = best;
        this.cooling = new Cooling(state, overflowPrices, RISE);
        this.random = random;
        this.work = work;
    }

    /**
     * Cools down from one temperature to another in so many moves; the state is left where the last move has led.
     *
     * @param checkpoint is called a few times when the state is not feasible
     */
    void run(long moves, double from, double to, Runnable checkpoint) {
        best.offer(state);
        long every = Math.max(1, moves / CHECKPOINTS);
        int check = cooling.stepsPerCheck();
        temperature = from;
        for (long move = 0; move < moves; move++) {
            if (move % UNITS_AT_ONCE == 0 && !work.spend(UNITS_AT_ONCE)) {
                return;
            }
            if (move % every == 0 && move / every > 1 && !state.isFeasible()) {
                checkpoint.run();
            }
            if (move % check == 0) {
                temperature = cooling.check((double) move / moves, from, to);
            }
            // one move in a few begins on a cluster that overflows
            step(state.pick(random, move % MEMBERS_TRIED == 0));
        }
    }

    private int target(int item) {
        LinkTable links = problem.links;
        int degree = links.start[item + 1] - links.start[item];
        if (degree > 0 && state.priced && random.nextInt(PERCENT) < PERCENT_TO_NEIGHBOURS) {
            int there = state.at[links.other[links.start[item] + random.nextInt(degree)]];
            if (state.isAllowed(item, there)) {
                return there;
            }
        }
        if (random.nextInt(PERCENT) >= PERCENT_OF_CANDIDATES) {
            int any = random.nextInt(problem.clusters);
            if (state.isAllowed(item, any)) {
                return any;
            }
        }
        int count = candidates.count(item);
        return candidates.at(item, Math.min(random.nextInt(count), random.nextInt(count)));
    }

    private boolean accepts(double change) {
        return change <= 0 || random.nextDouble() < StrictMath.exp(-change / temperature);
    }

    private void step(int item) {
        if (candidates.count(item) < 2) {
            return;
        }
        int to = target(item);
        if (to == state.at[item]) {
            return;
        }
        double change = state.change(item, to);
        if (accepts(change)) {
            state.move(item, to);
            best.offer(state);
        } else if (state.priced && random.nextInt(PERCENT) < PERCENT_OF_GROUPS) {
            group(item, to, change);
        } else if (random.nextInt(PERCENT) < PERCENT_OF_CHAINS) {
            chain(item, to, change);
        }
    }

    /** What is linked with the item and on its cluster follows, one after the other; all go back when that does not pay. */
    private void group(int item, int to, double firstChange) {
        int home = state.at[item];
        double change = firstChange;
        int length = 0;
        int next = item;
        while (next != Assignment.NOWHERE) {
            moved[length] = next;
            former[length++] = home;
            state.move(next, to);
            if (length > 1 && accepts(change)) {
                best.offer(state);
                return;
            }
            next = length > CHAIN ? Assignment.NOWHERE : neighbour(moved[random.nextInt(length)], home, to);
            if (next != Assignment.NOWHERE) {
                change += state.change(next, to);
            }
        }
        takeBack(length);
    }

    /** Returns an item on one cluster that is linked with another one and allowed on the other cluster. */
    private int neighbour(int item, int on, int to) {
        LinkTable links = problem.links;
        int degree = links.start[item + 1] - links.start[item];
        int offset = degree == 0 ? 0 : random.nextInt(degree);
        for (int i = 0; i < degree; i++) {
            int other = links.other[links.start[item] + (offset + i) % degree];
            if (state.at[other] == on && state.isAllowed(other, to)) {
                return other;
            }
        }
        return Assignment.NOWHERE;
    }

    private void takeBack(int length) {
        for (int i = length - 1; i >= 0; i--) {
            state.move(moved[i], former[i]);
        }
    }

    /** The item goes to a cluster where another one has to leave, and so on; all go back when that does not pay. */
    private void chain(int item, int to, double firstChange) {
        int home = state.at[item];
        double change = firstChange;
        int length = 0;
        moved[length] = item;
        former[length++] = home;
        state.move(item, to);
        int crowded = to;
        while (length <= CHAIN && state.count[crowded] > 1) {
            int bestItem = Assignment.NOWHERE;
            int bestTo = Assignment.NOWHERE;
            double least = Double.POSITIVE_INFINITY;
            for (int i = 0; i < MEMBERS_TRIED; i++) {
                int candidate = state.member(crowded, random.nextInt(state.count[crowded]));
                if (candidate != item && candidate != moved[length - 1] && candidates.count(candidate) > 1) {
                    int there = length == CHAIN || random.nextInt(PERCENT) < PERCENT_OF_CHAINS_CLOSED
                            ? home
                            : target(candidate);
                    if (there != crowded && state.isAllowed(candidate, there)) {
                        double each = state.change(candidate, there);
                        if (each < least) {
                            least = each;
                            bestItem = candidate;
                            bestTo = there;
                        }
                    }
                }
            }
            if (bestItem == Assignment.NOWHERE) {
                break;
            }
            moved[length] = bestItem;
            former[length++] = crowded;
            state.move(bestItem, bestTo);
            change += least;
            if (accepts(change)) {
                best.offer(state);
                return;
            }
            crowded = bestTo;
        }
        takeBack(length);
    }
}
