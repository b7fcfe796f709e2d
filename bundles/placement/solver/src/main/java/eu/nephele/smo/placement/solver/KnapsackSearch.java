// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.placement.solver;

import java.util.Arrays;

/**
 * Exact search with the bound of {@link ItemRewards}, which are improved again in each node. What cannot be in a better assignment is ruled
 * out in each node, too, so that few nodes are left; each takes many times the work of one of {@link BranchAndBound}. Traffic counts in the
 * cost of assignments only. Not thread-safe.
 */
final class KnapsackSearch {

    private static final int ROOT_PASSES = 200;
    private static final int PASSES = 30;
    private static final double ROOT_STEP = 1;
    private static final double STEP = 0.7;

    /** Where at least this part of the pairs was ruled out, the rewards are improved again before the search branches. */
    private static final int PART_RULED_OUT = 10;

    private final AssignmentProblem problem;
    private final CapacityPrices prices;
    private final Incumbent incumbent;
    private long[] rootReward = {};

    // by item and cluster: pairs that no search has finished or ruled out yet
    private boolean[] leftForLess = {};
    private boolean[] leftForEquals = {};

    // of the present search
    private boolean withEquals;
    private long bound;

    /**
     * @param prices are used as they are when a search begins
     * @param incumbent is improved; its first level counts in the search for it
     */
    KnapsackSearch(AssignmentProblem problem, CapacityPrices prices, Incumbent incumbent) {
        this.problem = problem;
        this.prices = prices;
        this.incumbent = incumbent;
    }

    /** Returns a cost of the first level that no feasible assignment is below. */
    long bound() {
        return bound;
    }

    /**
     * Improves the incumbent, which exists, until no assignment costs less, or until none is better in the later levels either. After an
     * incomplete search, the next one of the kind does not look again at the finished branches of the root.
     *
     * @param withEquals whether the later levels count
     * @return whether that is proven
     */
    boolean improve(boolean withEquals, WorkBudget work) {
        this.withEquals = withEquals;
        ItemRewards rewards = new ItemRewards(problem, prices, work);
        if (rootReward.length == 0) {
            rootReward = ItemRewards.from(problem, prices);
            leftForLess = problem.allowed.clone();
            leftForEquals = problem.allowed.clone();
        }
        boolean complete = descend(withEquals ? leftForEquals : leftForLess, rootReward, rewards, true);
        if (complete) {
            bound = incumbent.cost(0);
        }
        return complete;
    }

    /** Returns the most that an assignment may cost that the search has to find. */
    private long limit() {
        return withEquals ? incumbent.cost(0) : problem.objective.nextBelow(0, incumbent.cost(0));
    }

    /**
     * @param possible by item and cluster; is changed
     * @param reward by item; is changed
     * @return whether the search was complete
     */
    private boolean descend(boolean[] possible, long[] reward, ItemRewards rewards, boolean root) {
        if (rewards.hasEnded()) {
            return false;
        }
        int ruledOut;
        do {
            if (!propagate(possible)) {
                return true;
            }
            long value = rewards.raise(
                    possible, reward, root ? ROOT_PASSES : PASSES, root ? ROOT_STEP : STEP, incumbent.cost(0), limit());
            if (root) {
                // what is left is not all: the rest costs as much as the incumbent
                bound = Math.max(bound, Math.min(incumbent.cost(0), problem.objective.roundedUp(0, value)));
            }
            if (rewards.hasEnded() || value > limit()) {
                return !rewards.hasEnded();
            }
            ruledOut = rewards.fix(possible, reward, limit());
        } while (ruledOut * PART_RULED_OUT > count(possible));
        return propagate(possible) ? branch(possible, reward, rewards) : true;
    }

    private boolean branch(boolean[] possible, long[] reward, ItemRewards rewards) {
        int item = pick(possible);
        if (item == Assignment.NOWHERE) {
            offer(possible);
            return true;
        }
        for (int cluster = cheapest(possible, item);
                cluster != Assignment.NOWHERE;
                cluster = cheapest(possible, item)) {
            int cell = item * problem.clusters + cluster;
            boolean[] child = possible.clone();
            Arrays.fill(child, item * problem.clusters, (item + 1) * problem.clusters, false);
            child[cell] = true;
            if (!descend(child, reward.clone(), rewards, false)) {
                return false;
            }
            possible[cell] = false;
        }
        return true;
    }

    /** Returns an item with the fewest clusters of those with several; none if each has one. */
    private int pick(boolean[] possible) {
        int picked = Assignment.NOWHERE;
        int fewest = Integer.MAX_VALUE;
        for (int item = 0; item < problem.items; item++) {
            int clusters = clusters(possible, item);
            if (clusters > 1 && clusters < fewest) {
                fewest = clusters;
                picked = item;
            }
        }
        return picked;
    }

    private int clusters(boolean[] possible, int item) {
        int clusters = 0;
        for (int cell = item * problem.clusters; cell < (item + 1) * problem.clusters; cell++) {
            clusters += possible[cell] ? 1 : 0;
        }
        return clusters;
    }

    private int cheapest(boolean[] possible, int item) {
        int cheapest = Assignment.NOWHERE;
        long least = Long.MAX_VALUE;
        for (int cluster = 0; cluster < problem.clusters; cluster++) {
            int cell = item * problem.clusters + cluster;
            if (possible[cell] && problem.objective.unary[0][cell] < least) {
                least = problem.objective.unary[0][cell];
                cheapest = cluster;
            }
        }
        return cheapest;
    }

    /**
     * Rules out what items that have one cluster left forbid.
     *
     * @return whether each item has a cluster left
     */
    private boolean propagate(boolean[] possible) {
        for (int item = 0; item < problem.items; item++) {
            int clusters = clusters(possible, item);
            if (clusters == 0) {
                return false;
            }
            if (clusters == 1 && problem.links.constrained) {
                forbid(possible, item, cheapest(possible, item));
            }
        }
        return true;
    }

    private void forbid(boolean[] possible, int item, int cluster) {
        LinkTable links = problem.links;
        for (int entry = links.start[item]; entry < links.start[item + 1]; entry++) {
            for (int there = 0; there < problem.clusters; there++) {
                possible[links.other[entry] * problem.clusters + there] &= links.permits(entry, cluster, there);
            }
        }
    }

    private void offer(boolean[] possible) {
        int[] at = new int[problem.items];
        Arrays.setAll(at, item -> cheapest(possible, item));
        if (problem.isFeasible(at)) {
            incumbent.offer(at, problem.vector(at));
        }
    }

    private static int count(boolean[] possible) {
        int count = 0;
        for (boolean cell : possible) {
            count += cell ? 1 : 0;
        }
        return count;
    }
}
