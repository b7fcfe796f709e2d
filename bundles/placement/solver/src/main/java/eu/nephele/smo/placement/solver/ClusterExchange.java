// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.placement.solver;

import java.util.Arrays;
import java.util.SplittableRandom;

/**
 * A large neighbourhood: the items of two to five clusters are distributed anew among these, by depth-first search with the capacity
 * prices as bound, while all others stay. An equally good distribution counts as well, so that the search does not stand still. Not
 * thread-safe.
 */
final class ClusterExchange {

    private static final int MOST_CLUSTERS = 5;
    private static final int MOST_ITEMS = 64;
    private static final int MOST_NODES = 1500;
    private static final int NODES_PER_UNIT = 2;
    private static final int PERCENT = 100;
    private static final int PERCENT_RELATED = 70;
    private static final int NEAREST = 4;
    private static final int ATTEMPTS = 30;
    private static final double ORDER_NOISE = 0.3;

    /** Costs are whole numbers: what is less than half of one better is not better. */
    private static final double LEAST_GAIN = 0.5;

    private final AssignmentProblem problem;
    private final SearchState state;
    private final CapacityPrices prices;
    private final BestFound best;
    private final SplittableRandom random;
    private final WorkBudget work;
    private final long[] unary;
    private final long[] open;
    private final long[] distance;

    private final int[] clusters = new int[MOST_CLUSTERS];
    private int width;

    // of the items that are distributed, in the order of the search
    private int size;
    private final int[] item = new int[MOST_ITEMS];
    private final double[] plain = new double[MOST_ITEMS * MOST_CLUSTERS];
    private final double[] reduced = new double[MOST_ITEMS * MOST_CLUSTERS];
    private final int[] byCost = new int[MOST_ITEMS * MOST_CLUSTERS];
    private final double[] restLeast = new double[MOST_ITEMS + 1];
    private final double[] rank = new double[MOST_ITEMS];

    /** By item of the problem: its place in the order, or one of none. */
    private final int[] placeOf;

    // of the search
    private final long[] free;
    private final int[] count = new int[MOST_CLUSTERS];
    private final int[] chosen = new int[MOST_ITEMS];
    private final int[] bestChosen = new int[MOST_ITEMS];
    private double limit;
    private boolean found;
    private int nodes;

    ClusterExchange(
            SearchState state, CapacityPrices prices, BestFound best, SplittableRandom random, WorkBudget work) {
        ObjectiveVector objective = state.problem.objective;
        this.problem = state.problem;
        this.state = state;
        this.prices = prices;
        this.best = best;
        this.random = random;
        this.work = work;
        this.unary = objective.unary[objective.searchLevel];
        this.open = objective.open[objective.searchLevel];
        this.distance = objective.distance[objective.searchLevel];
        this.free = new long[MOST_CLUSTERS * problem.rows];
        this.placeOf = new int[problem.items];
        Arrays.fill(placeOf, Assignment.NOWHERE);
    }

    /** Improves the state, which is feasible and stays so, for so many units of work. */
    void run(long units, CandidateLists candidates) {
        long until = work.units() + units;
        while (work.units() < until && work.spend(1)) {
            if (chooseClusters(candidates)) {
                exchange(candidates.meanRegret());
            }
        }
    }

    /** A random cluster, and one to four more that are among the cheapest of its items, or random ones. */
    private boolean chooseClusters(CandidateLists candidates) {
        int wanted = Math.min(2 + random.nextInt(MOST_CLUSTERS - 1), problem.clusters);
        width = 0;
        clusters[width++] = state.at[random.nextInt(problem.items)];
        for (int attempt = 0; width < wanted && attempt < ATTEMPTS; attempt++) {
            int last = clusters[width - 1];
            int next = random.nextInt(problem.clusters);
            if (state.count[last] > 0 && random.nextInt(PERCENT) < PERCENT_RELATED) {
                int member = state.member(last, random.nextInt(state.count[last]));
                next = candidates.at(member, random.nextInt(Math.min(NEAREST, candidates.count(member))));
            }
            if (indexOf(next) == Assignment.NOWHERE) {
                clusters[width++] = next;
            }
        }
        return width > 1;
    }

    private int indexOf(int cluster) {
        for (int k = 0; k < width; k++) {
            if (clusters[k] == cluster) {
                return k;
            }
        }
        return Assignment.NOWHERE;
    }

    private void exchange(double meanRegret) {
        collect(meanRegret);
        price();
        restLeast[size] = 0;
        for (int i = size - 1; i >= 0; i--) {
            restLeast[i] = restLeast[i + 1] + reduced[i * MOST_CLUSTERS + byCost[i * MOST_CLUSTERS]];
        }
        double priceOfFree = 0;
        double present = 0;
        Arrays.fill(count, 0);
        for (int k = 0; k < width; k++) {
            count[k] = state.count[clusters[k]];
            for (int row = 0; row < problem.rows; row++) {
                int index = clusters[k] * problem.rows + row;
                free[k * problem.rows + row] = problem.capacity[index] - state.load[index];
            }
        }
        for (int i = 0; i < size; i++) {
            int k = indexOf(state.at[item[i]]);
            count[k]--;
            present += plain[i * MOST_CLUSTERS + k] + trafficBefore(i, clusters[k], true);
            changeFree(item[i], k, 1);
        }
        for (int k = 0; k < width; k++) {
            present += count[k] == 0 && state.count[clusters[k]] > 0 ? open[clusters[k]] : 0;
            for (int row = 0; row < problem.rows; row++) {
                priceOfFree += prices.price(clusters[k] * problem.rows + row) * free[k * problem.rows + row];
            }
        }
        limit = present + LEAST_GAIN / 2;
        found = false;
        nodes = 0;
        descend(0, 0, -priceOfFree);
        for (int i = 0; i < size; i++) {
            placeOf[item[i]] = Assignment.NOWHERE;
        }
        if (found) {
            for (int i = 0; i < size; i++) {
                if (state.at[item[i]] != clusters[bestChosen[i]]) {
                    state.move(item[i], clusters[bestChosen[i]]);
                }
            }
            best.offer(state);
        }
        work.spend(size + nodes / NODES_PER_UNIT);
    }

    /** The items of the clusters, or some of them where they are many: those with most to lose first, then the larger ones. */
    private void collect(double meanRegret) {
        size = 0;
        int all = 0;
        for (int k = 0; k < width; k++) {
            all += state.count[clusters[k]];
        }
        for (int k = 0; k < width; k++) {
            int members = state.count[clusters[k]];
            int share = all <= MOST_ITEMS ? members : (int) ((long) members * MOST_ITEMS / all);
            int first = members == 0 ? 0 : random.nextInt(members);
            for (int i = 0; i < share; i++) {
                insert(state.member(clusters[k], (first + i) % members), k, meanRegret);
            }
        }
        for (int i = 0; i < size; i++) {
            placeOf[item[i]] = i;
        }
    }

    private void insert(int member, int k, double meanRegret) {
        double least = Double.POSITIVE_INFINITY;
        double second = Double.POSITIVE_INFINITY;
        for (int to = 0; to < width; to++) {
            if (state.isAllowed(member, clusters[to])) {
                double cost = prices.priced(member, clusters[to]);
                second = Math.min(second, Math.max(cost, least));
                least = Math.min(least, cost);
            }
        }
        double share = 0;
        int demandAt = problem.demandAt(member, clusters[k]);
        for (int row = 0; row < problem.rows; row++) {
            double capacity = Math.max(1, problem.capacity[clusters[k] * problem.rows + row]);
            share = Math.max(share, problem.demand[demandAt + row] / capacity);
        }
        double regret = second == Double.POSITIVE_INFINITY ? Double.MAX_VALUE / 2 : second - least;
        double its = (regret + meanRegret * share) * (1 + ORDER_NOISE * random.nextDouble());
        int at = size++;
        while (at > 0 && rank[at - 1] < its) {
            rank[at] = rank[at - 1];
            item[at] = item[at - 1];
            at--;
        }
        rank[at] = its;
        item[at] = member;
    }

    /** Costs of each item on each of the clusters, with the traffic to items that stay, and the order of the clusters by cost. */
    private void price() {
        for (int i = 0; i < size; i++) {
            for (int k = 0; k < width; k++) {
                int cell = i * MOST_CLUSTERS + k;
                boolean possible =
                        state.isAllowed(item[i], clusters[k]) && agreesWithThoseThatStay(item[i], clusters[k]);
                double traffic = possible && state.priced ? trafficToThoseThatStay(item[i], clusters[k]) : 0;
                plain[cell] =
                        possible ? unary[item[i] * problem.clusters + clusters[k]] + traffic : Double.POSITIVE_INFINITY;
                reduced[cell] = possible ? prices.priced(item[i], clusters[k]) + traffic : Double.POSITIVE_INFINITY;
                int at = k;
                while (at > 0 && reduced[i * MOST_CLUSTERS + byCost[i * MOST_CLUSTERS + at - 1]] > reduced[cell]) {
                    byCost[i * MOST_CLUSTERS + at] = byCost[i * MOST_CLUSTERS + at - 1];
                    at--;
                }
                byCost[i * MOST_CLUSTERS + at] = k;
            }
        }
    }

    private boolean agreesWithThoseThatStay(int member, int cluster) {
        LinkTable links = problem.links;
        for (int entry = links.start[member]; links.constrained && entry < links.start[member + 1]; entry++) {
            int other = links.other[entry];
            if (placeOf[other] == Assignment.NOWHERE && !links.permits(entry, cluster, state.at[other])) {
                return false;
            }
        }
        return true;
    }

    private double trafficToThoseThatStay(int member, int cluster) {
        LinkTable links = problem.links;
        double sum = 0;
        for (int entry = links.start[member]; entry < links.start[member + 1]; entry++) {
            int other = links.other[entry];
            if (placeOf[other] == Assignment.NOWHERE) {
                sum += links.exactCost(entry, distance, cluster, state.at[other]);
            }
        }
        return sum;
    }

    /** Traffic to items that come before this one in the order, where they are now or where the search has put them. */
    private double trafficBefore(int i, int cluster, boolean now) {
        LinkTable links = problem.links;
        double sum = 0;
        for (int entry = links.start[item[i]]; state.priced && entry < links.start[item[i] + 1]; entry++) {
            int place = placeOf[links.other[entry]];
            if (place != Assignment.NOWHERE && place < i) {
                int there = now ? state.at[links.other[entry]] : clusters[chosen[place]];
                sum += links.exactCost(entry, distance, cluster, there);
            }
        }
        return sum;
    }

    private boolean agreesWithThoseBefore(int i, int cluster) {
        LinkTable links = problem.links;
        for (int entry = links.start[item[i]]; links.constrained && entry < links.start[item[i] + 1]; entry++) {
            int place = placeOf[links.other[entry]];
            if (place != Assignment.NOWHERE && place < i && !links.permits(entry, cluster, clusters[chosen[place]])) {
                return false;
            }
        }
        return true;
    }

    private void changeFree(int member, int k, int sign) {
        int demandAt = problem.demandAt(member, clusters[k]);
        for (int row = 0; row < problem.rows; row++) {
            free[k * problem.rows + row] += sign * problem.demand[demandAt + row];
        }
    }

    private boolean hasRoom(int member, int k) {
        int demandAt = problem.demandAt(member, clusters[k]);
        for (int row = 0; row < problem.rows; row++) {
            if (problem.demand[demandAt + row] > free[k * problem.rows + row]) {
                return false;
            }
        }
        return true;
    }

    /**
     * @param i the next item
     * @param cost of the items before
     * @param bound of the same with prices, less the price of all that is free
     * @return whether the search may go on; it ends when it has looked at too many nodes
     */
    private boolean descend(int i, double cost, double bound) {
        if (i == size) {
            limit = cost - LEAST_GAIN;
            System.arraycopy(chosen, 0, bestChosen, 0, size);
            found = true;
            return true;
        }
        if (nodes++ >= MOST_NODES) {
            return false;
        }
        for (int n = 0; n < width; n++) {
            int k = byCost[i * MOST_CLUSTERS + n];
            int cell = i * MOST_CLUSTERS + k;
            if (bound + reduced[cell] + restLeast[i + 1] > limit) {
                return true; // the others cost more
            }
            int cluster = clusters[k];
            double added = trafficBefore(i, cluster, false) + (count[k] == 0 ? open[cluster] : 0);
            boolean possible = bound + reduced[cell] + added + restLeast[i + 1] <= limit
                    && cost + plain[cell] + added <= limit
                    && hasRoom(item[i], k)
                    && agreesWithThoseBefore(i, cluster);
            if (possible) {
                chosen[i] = k;
                count[k]++;
                changeFree(item[i], k, -1);
                boolean goesOn = descend(i + 1, cost + plain[cell] + added, bound + reduced[cell] + added);
                changeFree(item[i], k, 1);
                count[k]--;
                if (!goesOn) {
                    return false;
                }
            }
        }
        return true;
    }
}
