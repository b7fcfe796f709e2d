// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.placement.optimal;

import java.util.Arrays;

/**
 * State of the exact search: the placed items, and the cost of every other item on every cluster, updated with
 * each step. The bound is, per level, the cost of the placed items plus the least cost of each other item, plus the dearest
 * opening that cannot be avoided; a vector below all of these in every level is below in the order of vectors, too. Not
 * thread-safe.
 */
final class SearchNode {

    private final PlacementModel model;
    private final ObjectiveVector objective;
    private final int levels;
    private final Assignment assignment;
    private final long[] placed;
    private final long[][] row;
    private final int[][] blocked;
    private final long[] least;
    private final long[] leastOpen;
    private final long[] dearestOpen;

    SearchNode(PlacementModel model) {
        this.model = model;
        this.objective = model.objective;
        this.levels = objective.levels;
        this.assignment = new Assignment(model);
        this.placed = new long[levels];
        this.row = Arrays.stream(objective.unary).map(long[]::clone).toArray(long[][]::new);
        this.blocked = new int[model.items][model.clusters];
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
        return model.allowed[item][cluster] && blocked[item][cluster] == 0 && assignment.hasRoom(item, cluster);
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
        for (int item = 0; item < model.items; item++) {
            if (assignment.at[item] != Assignment.NOWHERE) {
                continue;
            }
            long second = Long.MAX_VALUE;
            int candidates = 0;
            for (int cluster = 0; cluster < model.clusters; cluster++) {
                if (isCandidate(item, cluster)) {
                    second = evaluate(item, cluster, candidates == 0, second);
                    candidates++;
                }
            }
            if (candidates == 0) {
                return Assignment.NOWHERE;
            }
            for (int level = 0; level < levels; level++) {
                bound[level] += least[level];
                dearestOpen[level] = Math.max(dearestOpen[level], leastOpen[level] - least[level]);
            }
            long regret = candidates == 1 ? Long.MAX_VALUE : second - leastOpen[0];
            if (candidates < fewest || (candidates == fewest && regret > most)) {
                picked = item;
                fewest = candidates;
                most = regret;
            }
        }
        for (int level = 0; level < levels; level++) {
            bound[level] += dearestOpen[level];
        }
        return picked;
    }

    /** Updates the least costs with one candidate cluster; returns the second least of level 0. */
    private long evaluate(int item, int cluster, boolean first, long second) {
        long newSecond = second;
        for (int level = 0; level < levels; level++) {
            long cost = row[item][cluster * levels + level];
            long withOpen = cost + (assignment.count[cluster] == 0 ? objective.open[level][cluster] : 0);
            if (level == 0 && !first) {
                newSecond = Math.min(newSecond, Math.max(withOpen, leastOpen[0]));
            }
            least[level] = first ? cost : Math.min(least[level], cost);
            leastOpen[level] = first ? withOpen : Math.min(leastOpen[level], withOpen);
        }
        return newSecond;
    }

    /** Returns the possible clusters of the item, the cheapest first, then by name. */
    int[] byCost(int item) {
        long[][] costs = new long[model.clusters][];
        int count = 0;
        for (int cluster = 0; cluster < model.clusters; cluster++) {
            if (isCandidate(item, cluster)) {
                long[] cost = Arrays.copyOfRange(row[item], cluster * levels, (cluster + 1) * levels + 1);
                for (int level = 0; level < levels && assignment.count[cluster] == 0; level++) {
                    cost[level] += objective.open[level][cluster];
                }
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
            placed[level] += row[item][cluster * levels + level]
                    + (assignment.count[cluster] == 0 ? objective.open[level][cluster] : 0);
        }
        assignment.put(item, cluster);
        spread(item, cluster, 1);
    }

    /** Reverts the last step. */
    void remove(int item) {
        int cluster = assignment.at[item];
        spread(item, cluster, -1);
        assignment.take(item);
        for (int level = 0; level < levels; level++) {
            placed[level] -= row[item][cluster * levels + level]
                    + (assignment.count[cluster] == 0 ? objective.open[level][cluster] : 0);
        }
    }

    private void spread(int item, int cluster, int sign) {
        for (ItemLinks itemLinks : model.neighbours.get(item)) {
            int other = itemLinks.item();
            if (assignment.at[other] != Assignment.NOWHERE) {
                continue;
            }
            for (int there = 0; there < model.clusters; there++) {
                for (int level = 0; level < objective.costLevels; level++) {
                    row[other][there * levels + level] +=
                            sign * itemLinks.cost(objective.distance[level], cluster, there);
                }
                blocked[other][there] += itemLinks.permits(model.latencyMillis, cluster, there) ? 0 : sign;
            }
        }
    }
}
