// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.placement.solver;

import java.util.Arrays;

/**
 * State of the exact search: the placed items, and the cost of every other item on every cluster, updated with
 * each step. The bound is, per level, the cost of the placed items plus the least cost of each other item, plus the dearest
 * opening that cannot be avoided; a vector below all of these in every level is below in the order of vectors, too. With capacity
 * prices, the first level has a second bound: the same with the prices in the costs, less the price of all capacity; the higher one
 * counts. Not thread-safe.
 */
final class SearchNode {

    private final AssignmentProblem problem;
    private final ObjectiveVector objective;
    private final int levels;
    private final Assignment assignment;
    private final long[] placed;

    /** By level, then by item and cluster: what the item would cost there beside the placed ones, without the opening. */
    private final long[][] row;

    /** By item and cluster: number of placed items that forbid it. */
    private final int[] blocked;

    private final WholePrices prices;
    private final boolean priced;
    private long priceOfPlaced;
    private long pricedBound;
    private final long[] least;
    private final long[] leastOpen;
    private final long[] dearestOpen;

    /** @param prices of the first level */
    SearchNode(AssignmentProblem problem, WholePrices prices) {
        this.prices = prices;
        this.priced = !prices.isZero();
        this.problem = problem;
        this.objective = problem.objective;
        this.levels = objective.levels;
        this.assignment = new Assignment(problem);
        this.placed = new long[levels];
        this.row = Arrays.stream(objective.unary).map(long[]::clone).toArray(long[][]::new);
        this.blocked = new int[problem.items * problem.clusters];
        this.least = new long[levels];
        this.leastOpen = new long[levels];
        this.dearestOpen = new long[levels];
    }

    /** Cluster by item; a copy. */
    int[] at() {
        return assignment.at.clone();
    }

    /** Objective vector of the placed items; a copy. */
    long[] placed() {
        return placed.clone();
    }

    boolean isCandidate(int item, int cluster) {
        return problem.allowed[item * problem.clusters + cluster]
                && blocked[item * problem.clusters + cluster] == 0
                && assignment.hasRoom(item, cluster);
    }

    /**
     * Fills in the bound and chooses the item to branch on: fewest clusters left, then most to lose, then first.
     *
     * @return no item if one has no cluster left
     */
    int pick(long[] bound) {
        System.arraycopy(placed, 0, bound, 0, levels);
        Arrays.fill(dearestOpen, 0);
        int picked = Assignment.NOWHERE;
        int fewest = Integer.MAX_VALUE;
        long most = -1;
        long pricedSum = 0;
        long pricedOpening = 0;
        for (int item = 0; item < problem.items; item++) {
            if (assignment.at[item] != Assignment.NOWHERE) {
                continue;
            }
            long second = Long.MAX_VALUE;
            long leastPriced = Long.MAX_VALUE;
            long secondPriced = Long.MAX_VALUE;
            long leastPricedOpen = Long.MAX_VALUE;
            int candidates = 0;
            for (int cluster = 0; cluster < problem.clusters; cluster++) {
                if (isCandidate(item, cluster)) {
                    second = evaluate(item, cluster, candidates == 0, second);
                    candidates++;
                    if (priced) {
                        long here = priced(item, cluster);
                        secondPriced = Math.min(secondPriced, Math.max(leastPriced, here));
                        leastPriced = Math.min(leastPriced, here);
                        leastPricedOpen = Math.min(leastPricedOpen, here + opening(0, cluster));
                    }
                }
            }
            if (candidates == 0) {
                return Assignment.NOWHERE;
            }
            for (int level = 0; level < levels; level++) {
                bound[level] += least[level];
                dearestOpen[level] = Math.max(dearestOpen[level], leastOpen[level] - least[level]);
            }
            if (priced) {
                pricedSum += leastPriced;
                pricedOpening = Math.max(pricedOpening, leastPricedOpen - leastPriced);
            }
            long regret = priced ? secondPriced - leastPriced : second - leastOpen[0];
            if (candidates == 1) {
                regret = Long.MAX_VALUE;
            }
            if (candidates < fewest || (candidates == fewest && regret > most)) {
                picked = item;
                fewest = candidates;
                most = regret;
            }
        }
        for (int level = 0; level < levels; level++) {
            bound[level] += dearestOpen[level];
        }
        if (priced) {
            pricedBound = placed[0] + priceOfPlaced + pricedSum - prices.ofCapacity;
            bound[0] = Math.max(bound[0], objective.roundedUp(0, pricedBound + pricedOpening));
        }
        return picked;
    }

    /** Returns the bound by prices of the last {@link #pick}, without openings, before it was rounded up; 0 without prices. */
    long pricedBound() {
        return pricedBound;
    }

    private long priced(int item, int cluster) {
        int cell = item * problem.clusters + cluster;
        return row[0][cell] + prices.ofDemand[cell];
    }

    private long opening(int level, int cluster) {
        return assignment.count[cluster] == 0 ? objective.open[level][cluster] : 0;
    }

    /**
     * Leaves out the clusters of an item with which its node is dearer than a limit already.
     *
     * @param order clusters of the item
     * @param boundBefore bound by prices of the node before the item is placed
     */
    int[] within(int item, int[] order, long boundBefore, long limit) {
        if (!priced) {
            return order;
        }
        long leastHere = Long.MAX_VALUE;
        for (int cluster : order) {
            leastHere = Math.min(leastHere, priced(item, cluster));
        }
        int[] left = new int[order.length];
        int count = 0;
        for (int cluster : order) {
            if (objective.roundedUp(0, boundBefore + (priced(item, cluster) - leastHere)) <= limit) {
                left[count++] = cluster;
            }
        }
        return Arrays.copyOf(left, count);
    }

    /** Updates the least costs with one candidate cluster; returns the second least of level 0. */
    private long evaluate(int item, int cluster, boolean first, long second) {
        long newSecond = second;
        for (int level = 0; level < levels; level++) {
            long cost = row[level][item * problem.clusters + cluster];
            long withOpen = cost + opening(level, cluster);
            if (level == 0 && !first) {
                newSecond = Math.min(newSecond, Math.max(withOpen, leastOpen[0]));
            }
            least[level] = first ? cost : Math.min(least[level], cost);
            leastOpen[level] = first ? withOpen : Math.min(leastOpen[level], withOpen);
        }
        return newSecond;
    }

    /** Returns the possible clusters of the item, the cheapest first, then by name; with prices, by the priced cost. */
    int[] byCost(int item) {
        long[][] costs = new long[problem.clusters][];
        int count = 0;
        for (int cluster = 0; cluster < problem.clusters; cluster++) {
            if (isCandidate(item, cluster)) {
                long[] cost = new long[levels + 1];
                for (int level = 0; level < levels; level++) {
                    cost[level] = row[level][item * problem.clusters + cluster] + opening(level, cluster);
                }
                cost[0] += prices.ofDemand[item * problem.clusters + cluster];
                cost[levels] = cluster;
                costs[count++] = cost;
            }
        }
        Arrays.sort(costs, 0, count, Arrays::compare);
        int[] order = new int[count];
        for (int n = 0; n < count; n++) {
            order[n] = (int) costs[n][levels];
        }
        return order;
    }

    void place(int item, int cluster) {
        for (int level = 0; level < levels; level++) {
            placed[level] += row[level][item * problem.clusters + cluster] + opening(level, cluster);
        }
        assignment.put(item, cluster);
        priceOfPlaced += prices.ofDemand[item * problem.clusters + cluster];
        spread(item, cluster, 1);
    }

    /** Reverts the last step. */
    void remove(int item) {
        int cluster = assignment.at[item];
        spread(item, cluster, -1);
        assignment.take(item);
        priceOfPlaced -= prices.ofDemand[item * problem.clusters + cluster];
        for (int level = 0; level < levels; level++) {
            placed[level] -= row[level][item * problem.clusters + cluster] + opening(level, cluster);
        }
    }

    private void spread(int item, int cluster, int sign) {
        LinkTable links = problem.links;
        for (int entry = links.start[item]; entry < links.start[item + 1]; entry++) {
            int other = links.other[entry];
            if (assignment.at[other] != Assignment.NOWHERE) {
                continue;
            }
            for (int there = 0; there < problem.clusters; there++) {
                int cell = other * problem.clusters + there;
                for (int level = 0; level < objective.costLevels; level++) {
                    row[level][cell] += sign * links.cost(entry, objective.distance[level], cluster, there);
                }
                blocked[cell] += links.permits(entry, cluster, there) ? 0 : sign;
            }
        }
    }
}
