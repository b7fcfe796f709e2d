// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.placement.optimal;

import java.util.Arrays;
import java.util.Optional;

/**
 * Exact depth-first search. The bound of a node is, per level, what is placed plus the least that each other item can still
 * cost, plus the dearest opening that cannot be avoided; a vector below all of these in every level is below in the order of
 * vectors, too. Every node is one unit of work.
 */
final class BranchAndBound {

    private final Model model;
    private final Effort effort;
    private final int levels;
    private final State state;
    private final long[] placed;
    private final long[][] row;
    private final int[][] blocked;
    private final long[] least;
    private final long[] leastOpen;
    private final long[] dearestOpen;
    private long maxNodes;
    private long nodes;
    private boolean stopped;

    BranchAndBound(Model model, Effort effort) {
        this.model = model;
        this.effort = effort;
        this.levels = model.levels;
        this.state = new State(model);
        this.placed = new long[levels];
        this.row = Arrays.stream(model.unary).map(long[]::clone).toArray(long[][]::new);
        this.blocked = new int[model.items][model.clusters];
        this.least = new long[levels];
        this.leastOpen = new long[levels];
        this.dearestOpen = new long[levels];
    }

    /** A lower bound of the objective vector, level by level; empty when the problem is infeasible at first sight. */
    Optional<long[]> rootBound() {
        long[] bound = new long[levels];
        return pick(bound) == State.NOWHERE && model.items > 0 ? Optional.empty() : Optional.of(bound);
    }

    /**
     * Improves the incumbent until nothing better exists.
     *
     * @param maxNodes nodes after which to give up
     * @return whether that is proven; the tie between equal objective vectors is not settled yet
     */
    boolean improve(Incumbent incumbent, long maxNodes) {
        this.maxNodes = maxNodes;
        nodes = 0;
        return descend(0, incumbent);
    }

    /**
     * Finds, among the assignments with this (optimal) objective vector, the first one in the order of cluster names: item by
     * item, it asks of each cluster before the known one whether it would do as well.
     *
     * @param known an assignment with that vector
     * @param maxNodes nodes after which to give up
     * @return empty when the work ended before
     */
    Optional<int[]> firstInOrder(long[] optimum, int[] known, long maxNodes) {
        this.maxNodes = maxNodes;
        nodes = 0;
        stopped = false;
        int[] best = known;
        int item = 0;
        boolean complete = true;
        while (item < model.items && complete) {
            int cluster = 0;
            while (cluster < best[item] && complete) {
                if (isCandidate(item, cluster)) {
                    Optional<int[]> better = completion(item, cluster, optimum);
                    complete = better.isPresent() || !stopped;
                    best = better.orElse(best);
                }
                cluster++;
            }
            place(item, best[item]);
            item++;
        }
        while (item > 0) {
            item--;
            remove(item, state.at[item]);
        }
        return complete ? Optional.of(best) : Optional.empty();
    }

    private Optional<int[]> completion(int item, int cluster, long[] optimum) {
        place(item, cluster);
        Optional<int[]> found = anyWithin(item + 1, optimum);
        remove(item, cluster);
        return found;
    }

    /** Some assignment that costs no more, empty when there is none or the work ended. */
    private Optional<int[]> anyWithin(int depth, long[] optimum) {
        if (!mayGoOn()) {
            return Optional.empty();
        }
        long[] bound = new long[levels];
        int item = pick(bound);
        boolean hopeless = (item == State.NOWHERE && depth < model.items) || Arrays.compare(bound, optimum) > 0;
        if (hopeless) {
            return Optional.empty();
        }
        if (depth == model.items) {
            return Optional.of(state.at.clone());
        }
        for (int cluster : byCost(item)) {
            place(item, cluster);
            Optional<int[]> found = anyWithin(depth + 1, optimum);
            remove(item, cluster);
            if (found.isPresent() || stopped) {
                return found;
            }
        }
        return Optional.empty();
    }

    private boolean mayGoOn() {
        stopped = nodes++ >= maxNodes || !effort.spend();
        return !stopped;
    }

    private boolean descend(int depth, Incumbent incumbent) {
        if (!mayGoOn()) {
            return false;
        }
        if (depth == model.items) {
            incumbent.offer(state.at, placed);
            return true;
        }
        long[] bound = new long[levels];
        int item = pick(bound);
        if (item == State.NOWHERE || incumbent.rulesOut(bound)) {
            return true;
        }
        for (int cluster : byCost(item)) {
            place(item, cluster);
            boolean complete = descend(depth + 1, incumbent);
            remove(item, cluster);
            if (!complete) {
                return false;
            }
        }
        return true;
    }

    private boolean isCandidate(int item, int cluster) {
        return model.allowed[item][cluster] && blocked[item][cluster] == 0 && state.hasRoom(item, cluster);
    }

    /**
     * Fills in the bound and chooses the item to branch on: fewest clusters left, then most to lose, then first.
     *
     * @return no item when one has no cluster left
     */
    private int pick(long[] bound) {
        System.arraycopy(placed, 0, bound, 0, levels);
        Arrays.fill(dearestOpen, 0);
        int picked = State.NOWHERE;
        int fewest = Integer.MAX_VALUE;
        long most = -1;
        for (int item = 0; item < model.items; item++) {
            if (state.at[item] != State.NOWHERE) {
                continue;
            }
            long second = Long.MAX_VALUE;
            int candidates = 0;
            for (int cluster = 0; cluster < model.clusters; cluster++) {
                if (isCandidate(item, cluster)) {
                    second = look(item, cluster, candidates == 0, second);
                    candidates++;
                }
            }
            if (candidates == 0) {
                return State.NOWHERE;
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
    private long look(int item, int cluster, boolean first, long second) {
        long newSecond = second;
        for (int level = 0; level < levels; level++) {
            long cost = row[item][cluster * levels + level];
            long withOpen = cost + (state.count[cluster] == 0 ? model.open[level][cluster] : 0);
            if (level == 0 && !first) {
                newSecond = Math.min(newSecond, Math.max(withOpen, leastOpen[0]));
            }
            least[level] = first ? cost : Math.min(least[level], cost);
            leastOpen[level] = first ? withOpen : Math.min(leastOpen[level], withOpen);
        }
        return newSecond;
    }

    private int[] byCost(int item) {
        long[][] costs = new long[model.clusters][];
        int count = 0;
        for (int cluster = 0; cluster < model.clusters; cluster++) {
            if (isCandidate(item, cluster)) {
                long[] cost = Arrays.copyOfRange(row[item], cluster * levels, (cluster + 1) * levels + 1);
                for (int level = 0; level < levels && state.count[cluster] == 0; level++) {
                    cost[level] += model.open[level][cluster];
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

    private void place(int item, int cluster) {
        for (int level = 0; level < levels; level++) {
            placed[level] +=
                    row[item][cluster * levels + level] + (state.count[cluster] == 0 ? model.open[level][cluster] : 0);
        }
        state.put(item, cluster);
        spread(item, cluster, 1);
    }

    private void remove(int item, int cluster) {
        spread(item, cluster, -1);
        state.take(item);
        for (int level = 0; level < levels; level++) {
            placed[level] -=
                    row[item][cluster * levels + level] + (state.count[cluster] == 0 ? model.open[level][cluster] : 0);
        }
    }

    /** Tells the neighbours that are not placed yet what it means for them. */
    private void spread(int item, int cluster, int sign) {
        for (Neighbour neighbour : model.neighbours.get(item)) {
            int other = neighbour.item();
            if (state.at[other] != State.NOWHERE) {
                continue;
            }
            for (int there = 0; there < model.clusters; there++) {
                for (int level = 0; level < model.costLevels; level++) {
                    row[other][there * levels + level] += sign * neighbour.cost(model.distance[level], cluster, there);
                }
                blocked[other][there] += neighbour.permits(model.latencyMillis, cluster, there) ? 0 : sign;
            }
        }
    }
}
