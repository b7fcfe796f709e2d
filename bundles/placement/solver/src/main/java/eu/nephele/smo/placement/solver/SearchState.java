// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.placement.solver;

import java.util.Arrays;
import java.util.SplittableRandom;

/**
 * A complete assignment that may exceed capacities, with exact loads, and what a move changes: cost, overflow and conflicts. Overflow
 * has a price by cluster and row, a conflict has one for all. Costs are those of the level that is searched, traffic is not rounded.
 * Not thread-safe.
 */
final class SearchState {

    private static final int FIRST_MEMBERS = 8;
    private static final int ATTEMPTS = 4;

    final AssignmentProblem problem;
    final int[] at;

    /** By cluster and row. */
    final long[] load;

    final int[] count;

    /** Price of one unit of overflow, by cluster and row. */
    final double[] overflowPrice;

    double conflictPrice;

    /** Weight of the cost beside overflow and conflicts: 1, or less when feasibility comes first. */
    double costWeight = 1;

    /** Whether traffic costs anything. */
    final boolean priced;

    /** Whether the first item of a cluster costs anything. */
    final boolean opens;

    private final int rows;
    private final int clusters;
    private final LinkTable links;
    private final long[] unary;
    private final long[] open;
    private final long[] distance;
    private final int[][] members;
    private final int[] position;
    private long overflow;
    private int conflicts;
    private double cost;

    SearchState(AssignmentProblem problem) {
        ObjectiveVector objective = problem.objective;
        this.problem = problem;
        this.rows = problem.rows;
        this.clusters = problem.clusters;
        this.links = problem.links;
        this.unary = objective.unary[objective.searchLevel];
        this.open = objective.open[objective.searchLevel];
        this.distance = objective.distance[objective.searchLevel];
        this.opens = Arrays.stream(open).anyMatch(cost -> cost != 0);
        this.priced = Arrays.stream(distance).anyMatch(cost -> cost != 0)
                && Arrays.stream(links.traffic).anyMatch(traffic -> traffic != 0);
        this.at = new int[problem.items];
        this.load = new long[clusters * rows];
        this.count = new int[clusters];
        this.overflowPrice = new double[clusters * rows];
        this.members = new int[clusters][FIRST_MEMBERS];
        this.position = new int[problem.items];
    }

    void reset(int[] assignment) {
        System.arraycopy(assignment, 0, at, 0, at.length);
        Arrays.fill(load, 0);
        Arrays.fill(count, 0);
        cost = 0;
        for (int item = 0; item < at.length; item++) {
            int cluster = at[item];
            int demandAt = problem.demandAt(item, cluster);
            for (int row = 0; row < rows; row++) {
                load[cluster * rows + row] += problem.demand[demandAt + row];
            }
            cost += unary[item * clusters + cluster] + (count[cluster] == 0 ? open[cluster] : 0);
            for (int entry = links.start[item]; priced && entry < links.start[item + 1]; entry++) {
                if (links.other[entry] > item) {
                    cost += links.exactCost(entry, distance, cluster, at[links.other[entry]]);
                }
            }
            enter(item, cluster);
        }
        overflow = 0;
        for (int i = 0; i < load.length; i++) {
            overflow += Math.max(0, load[i] - problem.capacity[i]);
        }
        conflicts = links.conflicts(at);
    }

    boolean isFeasible() {
        return overflow == 0 && conflicts == 0;
    }

    int conflicts() {
        return conflicts;
    }

    double cost() {
        return cost;
    }

    boolean overflows(int cluster) {
        for (int i = cluster * rows; i < (cluster + 1) * rows; i++) {
            if (load[i] > problem.capacity[i]) {
                return true;
            }
        }
        return false;
    }

    /** Returns the first item, from this one on and then from the beginning, that breaks a constraint; the first one if none does. */
    int conflicting(int first) {
        for (int i = 0; i < at.length; i++) {
            int item = (first + i) % at.length;
            for (int entry = links.start[item]; entry < links.start[item + 1]; entry++) {
                if (!links.permits(entry, at[item], at[links.other[entry]])) {
                    return item;
                }
            }
        }
        return first;
    }

    /** Returns one of the {@link #count} items on a cluster. */
    int member(int cluster, int index) {
        return members[cluster][index];
    }

    /** Returns a random item: of a cluster that overflows, if that is wanted and one of a few random clusters does. */
    int pick(SplittableRandom random, boolean overflowing) {
        for (int attempt = 0; overflowing && !isFeasible() && attempt < ATTEMPTS; attempt++) {
            int cluster = random.nextInt(clusters);
            if (count[cluster] > 0 && overflows(cluster)) {
                return member(cluster, random.nextInt(count[cluster]));
            }
        }
        return random.nextInt(problem.items);
    }

    boolean isAllowed(int item, int cluster) {
        return problem.allowed[item * clusters + cluster];
    }

    /** Change of the cost when the item goes to another cluster. */
    double costChange(int item, int to) {
        int from = at[item];
        double change = unary[item * clusters + to] - unary[item * clusters + from];
        if (opens) {
            change += (count[to] == 0 ? open[to] : 0) - (count[from] == 1 ? open[from] : 0);
        }
        return priced ? change + trafficChange(item, to) : change;
    }

    private double trafficChange(int item, int to) {
        int from = at[item];
        double change = 0;
        for (int entry = links.start[item]; entry < links.start[item + 1]; entry++) {
            int there = at[links.other[entry]];
            change += links.exactCost(entry, distance, to, there) - links.exactCost(entry, distance, from, there);
        }
        return change;
    }

    /** Weighted change when the item goes to another cluster. */
    double change(int item, int to) {
        int from = at[item];
        double change = costWeight * costChange(item, to);
        int demandFrom = problem.demandAt(item, from);
        int demandTo = problem.demandAt(item, to);
        int rowFrom = from * rows;
        int rowTo = to * rows;
        for (int row = 0; row < rows; row++) {
            long overFrom = load[rowFrom + row] - problem.capacity[rowFrom + row];
            if (overFrom > 0) {
                change -= overflowPrice[rowFrom + row] * Math.min(overFrom, problem.demand[demandFrom + row]);
            }
            long demand = problem.demand[demandTo + row];
            long overTo = load[rowTo + row] + demand - problem.capacity[rowTo + row];
            if (overTo > 0) {
                change += overflowPrice[rowTo + row] * Math.min(overTo, demand);
            }
        }
        return links.constrained ? change + conflictPrice * links.conflictChange(item, from, to, at) : change;
    }

    /**
     * Weighted change when two items on different clusters change places, as far as it can be told from each of them alone: what their
     * links to each other and openings change is left to {@link #move}.
     */
    double swapChange(int item, int partner) {
        int from = at[item];
        int to = at[partner];
        double change = unary[item * clusters + to]
                - unary[item * clusters + from]
                + unary[partner * clusters + from]
                - unary[partner * clusters + to];
        if (priced) {
            change += trafficChange(item, to) + trafficChange(partner, from);
        }
        change *= costWeight;
        int itemFrom = problem.demandAt(item, from);
        int itemTo = problem.demandAt(item, to);
        int partnerFrom = problem.demandAt(partner, from);
        int partnerTo = problem.demandAt(partner, to);
        for (int row = 0; row < rows; row++) {
            int rowFrom = from * rows + row;
            int rowTo = to * rows + row;
            long overFrom = load[rowFrom] - problem.capacity[rowFrom];
            long overTo = load[rowTo] - problem.capacity[rowTo];
            long newFrom = overFrom - problem.demand[itemFrom + row] + problem.demand[partnerFrom + row];
            long newTo = overTo - problem.demand[partnerTo + row] + problem.demand[itemTo + row];
            change += overflowPrice[rowFrom] * (Math.max(0, newFrom) - Math.max(0, overFrom))
                    + overflowPrice[rowTo] * (Math.max(0, newTo) - Math.max(0, overTo));
        }
        if (links.constrained) {
            change += conflictPrice
                    * (links.conflictChange(item, from, to, at) + links.conflictChange(partner, to, from, at));
        }
        return change;
    }

    void move(int item, int to) {
        int from = at[item];
        cost += costChange(item, to);
        if (links.constrained) {
            conflicts += links.conflictChange(item, from, to, at);
        }
        int demandFrom = problem.demandAt(item, from);
        int demandTo = problem.demandAt(item, to);
        for (int row = 0; row < rows; row++) {
            int rowFrom = from * rows + row;
            int rowTo = to * rows + row;
            long demand = problem.demand[demandFrom + row];
            overflow -= Math.max(0, Math.min(load[rowFrom] - problem.capacity[rowFrom], demand));
            load[rowFrom] -= demand;
            demand = problem.demand[demandTo + row];
            load[rowTo] += demand;
            overflow += Math.max(0, Math.min(load[rowTo] - problem.capacity[rowTo], demand));
        }
        int last = members[from][--count[from]];
        members[from][position[item]] = last;
        position[last] = position[item];
        at[item] = to;
        enter(item, to);
    }

    private void enter(int item, int cluster) {
        if (count[cluster] == members[cluster].length) {
            members[cluster] = Arrays.copyOf(members[cluster], 2 * count[cluster]);
        }
        position[item] = count[cluster];
        members[cluster][count[cluster]++] = item;
    }
}
