// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.placement.solver;

import java.util.Arrays;

/**
 * The most that a cluster can gain: items are chosen so that no capacity is exceeded, and their rewards less their costs on the cluster are
 * most. An exact depth-first search in the order of gain per weight, where one weight stands for all resources; with that weight, an item
 * that may be cut bounds the rest (G. B. Dantzig, "Discrete-variable extremum problems", Operations Research 5, 1957). Not thread-safe.
 */
final class ClusterKnapsack {

    /** Of one search; beyond, the bound counts instead of the most. */
    private static final int MOST_NODES = 20_000;

    /** Each capacity counts a little, also where another one is scarcer. */
    private static final double LEAST_SCARCITY = 1e-3;

    /** More than the rounding of all sums of a bound together. */
    private static final double ROUNDED_UP = 1 + 1e-9;

    private final AssignmentProblem problem;
    private final long[] cost;
    private final long[] open;

    /** By item and cluster: the resources that the item takes there as one number. */
    private final double[] weightOf;

    /** The same by cluster: its capacities. */
    private final double[] roomOf;

    private int cluster;

    // of the items with a gain, by gain per weight
    private int size;
    private final int[] item;
    private final long[] gain;
    private final double[] weight;
    private final double[] ratio;
    private final long[] demand;

    // of the search
    private final long[] free;
    private final boolean[] chosen;
    private final boolean[] bestChosen;
    private int left;
    private long most;
    private long enough;
    private int nodes;
    private long allNodes;

    /** @param prices tell how scarce each capacity is */
    ClusterKnapsack(AssignmentProblem problem, CapacityPrices prices) {
        this.problem = problem;
        this.cost = problem.objective.unary[0];
        this.open = problem.objective.open[0];
        this.item = new int[problem.items];
        this.gain = new long[problem.items];
        this.weight = new double[problem.items];
        this.ratio = new double[problem.items];
        this.demand = new long[problem.items * problem.rows];
        this.free = new long[problem.rows];
        this.chosen = new boolean[problem.items];
        this.bestChosen = new boolean[problem.items];
        this.weightOf = new double[problem.items * problem.clusters];
        this.roomOf = new double[problem.clusters];
        for (int each = 0; each < problem.clusters; each++) {
            weigh(each, prices);
        }
    }

    private void weigh(int each, CapacityPrices prices) {
        double total = 0;
        for (int row = 0; row < problem.rows; row++) {
            int index = each * problem.rows + row;
            total += prices.price(index) * problem.capacity[index];
        }
        for (int row = 0; row < problem.rows; row++) {
            int index = each * problem.rows + row;
            long capacity = problem.capacity[index];
            double share = total == 0 ? 1 : prices.price(index) * capacity / total + LEAST_SCARCITY;
            double scarcity = share / Math.max(1, capacity);
            roomOf[each] += scarcity * capacity;
            for (int i = 0; i < problem.items; i++) {
                weightOf[i * problem.clusters + each] += scarcity * problem.demand[problem.demandAt(i, each) + row];
            }
        }
    }

    /** Returns the nodes of all searches so far. */
    long nodes() {
        return allNodes;
    }

    /**
     * Looks at a cluster from now on.
     *
     * @param possible by item and cluster: whether the item may be there; it fits if alone
     * @param reward by item: for being on any cluster
     */
    void use(int itsCluster, boolean[] possible, long[] reward) {
        cluster = itsCluster;
        size = 0;
        for (int i = 0; i < problem.items; i++) {
            int cell = i * problem.clusters + cluster;
            if (possible[cell] && reward[i] > cost[cell]) {
                insert(i, reward[i] - cost[cell], weightOf[cell]);
            }
        }
        for (int place = 0; place < size; place++) {
            System.arraycopy(
                    problem.demand, problem.demandAt(item[place], cluster), demand, place * problem.rows, problem.rows);
        }
    }

    private void insert(int its, long itsGain, double itsWeight) {
        double itsRatio = itsGain / Math.max(itsWeight, Double.MIN_NORMAL);
        int at = size++;
        while (at > 0 && ratio[at - 1] < itsRatio) {
            item[at] = item[at - 1];
            gain[at] = gain[at - 1];
            weight[at] = weight[at - 1];
            ratio[at] = ratio[at - 1];
            at--;
        }
        item[at] = its;
        gain[at] = itsGain;
        weight[at] = itsWeight;
        ratio[at] = itsRatio;
    }

    /** Returns the most that the cluster gains, less the cost of its opening, or no less than that; 0 if it stays empty. */
    long most() {
        Arrays.fill(bestChosen, 0, size, false);
        roomWithout(Assignment.NOWHERE);
        return search(open[cluster], Long.MAX_VALUE, roomOf[cluster]) - open[cluster];
    }

    /** Adds the items that the last {@link #most} has chosen. */
    void countChosen(int[] times) {
        for (int place = 0; place < size; place++) {
            times[item[place]] += bestChosen[place] ? 1 : 0;
        }
    }

    /** Returns whether the cluster may gain as much without an item. */
    boolean gainsWithout(int its, long wanted) {
        if (wanted <= 0) {
            return true;
        }
        roomWithout(its);
        long enoughForAll = wanted + open[cluster];
        return search(enoughForAll - 1, enoughForAll, roomOf[cluster]) >= enoughForAll;
    }

    /** Returns whether the cluster may gain as much with an item, whose reward and cost count. */
    boolean gainsWith(int its, long reward, long wanted) {
        int cell = its * problem.clusters + cluster;
        long enoughForRest = wanted + open[cluster] - (reward - cost[cell]);
        if (enoughForRest <= 0) {
            return true;
        }
        roomWithout(its);
        int demandAt = problem.demandAt(its, cluster);
        for (int row = 0; row < problem.rows; row++) {
            free[row] -= problem.demand[demandAt + row];
        }
        return search(enoughForRest - 1, enoughForRest, roomOf[cluster] - weightOf[cell]) >= enoughForRest;
    }

    private void roomWithout(int its) {
        left = its;
        System.arraycopy(problem.capacity, cluster * problem.rows, free, 0, problem.rows);
    }

    /**
     * @param known gain that counts only if it is exceeded
     * @param wanted gain that ends the search
     * @return the known gain if no more is possible, else what was found, or a bound of it if the search was too long
     */
    private long search(long known, long wanted, double room) {
        most = known;
        enough = wanted;
        nodes = 0;
        boolean complete = descend(0, 0, room);
        allNodes += nodes;
        return complete ? most : (long) Math.ceil(bound(0, 0, room));
    }

    /** Returns no less than the gain of any choice from that place on, with what is chosen before. */
    private double bound(int from, long value, double room) {
        double sum = value;
        double rest = room;
        for (int place = from; place < size; place++) {
            if (item[place] == left) {
                continue;
            }
            if (weight[place] > rest) {
                return (sum + Math.max(0, rest) * ratio[place]) * ROUNDED_UP;
            }
            sum += gain[place];
            rest -= weight[place];
        }
        return sum * ROUNDED_UP;
    }

    /** @return whether the search need not be given up */
    private boolean descend(int from, long value, double room) {
        if (value > most) {
            most = value;
            System.arraycopy(chosen, 0, bestChosen, 0, from);
            Arrays.fill(bestChosen, from, size, false);
        }
        for (int place = from; place < size && most < enough; place++) {
            chosen[place] = item[place] != left && fits(place);
            if (!chosen[place]) {
                continue;
            }
            if (bound(place, value, room) < (double) most + 1) {
                return true;
            }
            if (nodes++ >= MOST_NODES) {
                return false;
            }
            changeFree(place, -1);
            boolean goesOn = descend(place + 1, value + gain[place], room - weight[place]);
            changeFree(place, 1);
            chosen[place] = false;
            if (!goesOn) {
                return false;
            }
        }
        return true;
    }

    private boolean fits(int place) {
        for (int row = 0; row < problem.rows; row++) {
            if (demand[place * problem.rows + row] > free[row]) {
                return false;
            }
        }
        return true;
    }

    private void changeFree(int place, int sign) {
        for (int row = 0; row < problem.rows; row++) {
            free[row] += sign * demand[place * problem.rows + row];
        }
    }
}
