// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.placement.solver;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Costs of traffic, shifted to the items at its ends so that a bound counts them. For any numbers (messages) of a pair of linked items for
 * each of its two items and each cluster there, the sum over the items of the least cost with their messages, plus the sum over the pairs
 * of the least traffic cost less the two messages, is a lower bound: each assignment costs just the same with them. An update of a pair
 * raises that sum or leaves it, up to rounding (dual block-coordinate ascent of the local polytope: S. Tourani, A. Shekhovtsov, C. Rother,
 * B. Savchynskyy, "MPLP++: Fast, Parallel Dual Block-Coordinate Ascent for Dense Graphical Models", ECCV 2018). Not thread-safe.
 */
final class TrafficMessages {

    /** What rounding takes from the cost of a link at most. */
    private static final double LINK_ROUNDING = 0.5;

    private static final double HALF = 0.5;

    /** Sums of a pair that are compared for one unit of work. */
    private static final int SUMS_PER_UNIT = 64;

    private static final long MOST_MESSAGES = 2_000_000;
    private static final long MOST_SUMS = 50_000_000;

    private final AssignmentProblem problem;
    private final int clusters;
    private final long unitsPerPair;

    /** By the clusters from and to, and the other way round. */
    private final double[] distance;

    private final double[] reverse;

    private final int pairs;
    private final int[] one;
    private final int[] two;

    /** Traffic of a pair from the one to the two, and back. */
    private final double[] forth;

    private final double[] back;

    /** By pair and cluster of the one, of the two. */
    private final double[][] toOne;

    private final double[][] toTwo;

    /** By item and cluster: all messages to the item together. */
    private final double[] sums;

    private final double lost;
    private final double farthest;

    /** By pair: the least that its traffic costs less the two messages. */
    private final double[] kept;

    /** The pair that is updated next. */
    private int next;

    // of the pair that is updated; infinite where an item is not allowed
    private final double[] costOfOne;
    private final double[] costOfTwo;
    private final double[] shareOfOne;
    private final double[] shareOfTwo;

    TrafficMessages(AssignmentProblem problem) {
        ObjectiveVector objective = problem.objective;
        long[] units = objective.distance[objective.searchLevel];
        this.problem = problem;
        this.clusters = problem.clusters;
        this.unitsPerPair = 1 + 4L * clusters * clusters / SUMS_PER_UNIT;
        this.farthest = Arrays.stream(units).max().orElse(0);
        List<LinkedPair> linked = farthest == 0 ? List.of() : heaviest(problem.links);
        this.pairs = linked.size();
        this.one = linked.stream().mapToInt(LinkedPair::one).toArray();
        this.two = linked.stream().mapToInt(LinkedPair::two).toArray();
        this.forth = linked.stream().mapToDouble(LinkedPair::forth).toArray();
        this.back = linked.stream().mapToDouble(LinkedPair::back).toArray();
        this.lost = linked.stream().mapToDouble(LinkedPair::lost).sum();
        this.distance = new double[pairs == 0 ? 0 : units.length];
        this.reverse = new double[distance.length];
        for (int i = 0; i < distance.length; i++) {
            distance[i] = units[i];
            reverse[i % clusters * clusters + i / clusters] = units[i];
        }
        this.kept = new double[pairs];
        this.toOne = new double[pairs][clusters];
        this.toTwo = new double[pairs][clusters];
        this.sums = new double[pairs == 0 ? 0 : problem.items * clusters];
        this.costOfOne = new double[clusters];
        this.costOfTwo = new double[clusters];
        this.shareOfOne = new double[clusters];
        this.shareOfTwo = new double[clusters];
    }

    /**
     * Two items with traffic.
     *
     * @param lost what rounding may take from the cost of their links at most
     */
    private record LinkedPair(int one, int two, double forth, double back, double lost) {

        LinkedPair plus(boolean outgoing, double traffic) {
            // whole numbers stay whole
            double half = traffic == Math.rint(traffic) ? 0 : LINK_ROUNDING;
            return outgoing
                    ? new LinkedPair(one, two, forth + traffic, back, lost + half)
                    : new LinkedPair(one, two, forth, back + traffic, lost + half);
        }
    }

    /** Returns the pairs with most traffic, as many as time and memory allow: what the others cost is 0 or more, and counts for nothing. */
    private List<LinkedPair> heaviest(LinkTable links) {
        List<LinkedPair> found = new ArrayList<>();
        for (int item = 0; item < problem.items; item++) {
            Map<Integer, LinkedPair> byOther = new TreeMap<>();
            for (int entry = links.start[item]; entry < links.start[item + 1]; entry++) {
                int other = links.other[entry];
                if (other > item && links.traffic[entry] > 0) {
                    LinkedPair before = byOther.getOrDefault(other, new LinkedPair(item, other, 0, 0, 0));
                    byOther.put(other, before.plus(links.outgoing[entry], links.traffic[entry]));
                }
            }
            found.addAll(byOther.values());
        }
        int most = (int) Math.min(MOST_MESSAGES / clusters, MOST_SUMS / ((long) clusters * clusters));
        return found.stream()
                .sorted(Comparator.comparingDouble((LinkedPair pair) -> -pair.forth() - pair.back()))
                .limit(most)
                .toList();
    }

    boolean isEmpty() {
        return pairs == 0;
    }

    /** By item and cluster: what the messages add to the cost of the item there; empty without pairs. {@link #update} changes it. */
    double[] sums() {
        return sums;
    }

    /**
     * Updates one pair after the other, each once at most, and goes on after the last one the next time.
     *
     * @param units of work at most
     */
    void update(CapacityPrices prices, WorkBudget work, long units) {
        long until = work.units() + units;
        for (int count = 0; count < pairs && work.units() < until && work.spend(unitsPerPair); count++) {
            update(prices, next);
            next = (next + 1) % pairs;
        }
    }

    private void update(CapacityPrices prices, int pair) {
        collect(prices, one[pair], toOne[pair], costOfOne);
        collect(prices, two[pair], toTwo[pair], costOfTwo);
        // half of what the pair can do without for the one, all of the rest for the two, what is left for the one
        share(pair, costOfOne, costOfTwo, new double[0], shareOfOne, true);
        for (int here = 0; here < clusters; here++) {
            shareOfOne[here] *= HALF;
        }
        share(pair, costOfTwo, costOfOne, shareOfOne, shareOfTwo, false);
        share(pair, costOfOne, costOfTwo, shareOfTwo, shareOfOne, true);
        assign(one[pair], toOne[pair], costOfOne, shareOfOne);
        assign(two[pair], toTwo[pair], costOfTwo, shareOfTwo);
        kept[pair] = least(pair);
    }

    private double least(int pair) {
        double least = Double.POSITIVE_INFINITY;
        for (int here = 0; here < clusters; here++) {
            for (int there = 0; there < clusters && problem.allowed[one[pair] * clusters + here]; there++) {
                double left = traffic(pair, here, there) - toOne[pair][here] - toTwo[pair][there];
                if (left < least && problem.allowed[two[pair] * clusters + there]) {
                    least = left;
                }
            }
        }
        return least;
    }

    /** Cost of an item by cluster, without the messages of one pair. */
    private void collect(CapacityPrices prices, int item, double[] messages, double[] cost) {
        for (int cluster = 0; cluster < clusters; cluster++) {
            int cell = item * clusters + cluster;
            cost[cluster] = problem.allowed[cell]
                    ? prices.priced(item, cluster) + sums[cell] - messages[cluster]
                    : Double.POSITIVE_INFINITY;
        }
    }

    /**
     * By cluster of an item: the least that item, partner and traffic cost together, less what the partner has for itself.
     *
     * @param taken share of the partner; empty for none
     * @param forOne whether the item is the one of the pair
     */
    private void share(
            int pair, double[] cost, double[] costOfPartner, double[] taken, double[] share, boolean forOne) {
        double there = forOne ? forth[pair] : back[pair];
        double here = forOne ? back[pair] : forth[pair];
        for (int cluster = 0; cluster < clusters; cluster++) {
            int row = cluster * clusters;
            double least = Double.POSITIVE_INFINITY;
            for (int partner = 0; partner < clusters; partner++) {
                double sum = there * distance[row + partner]
                        + here * reverse[row + partner]
                        + costOfPartner[partner]
                        - (taken.length == 0 ? 0 : taken[partner]);
                // not a number where the partner is not allowed and has an infinite share
                if (sum < least) {
                    least = sum;
                }
            }
            share[cluster] = least + cost[cluster];
        }
    }

    private void assign(int item, double[] messages, double[] cost, double[] share) {
        for (int cluster = 0; cluster < clusters; cluster++) {
            double message = cost[cluster] < Double.POSITIVE_INFINITY ? share[cluster] - cost[cluster] : 0;
            sums[item * clusters + cluster] += message - messages[cluster];
            messages[cluster] = message;
        }
    }

    /**
     * Adds the messages up anew, so that no rounding of earlier updates is left.
     *
     * @return what all pairs keep for themselves, less what rounding may take from the cost of links
     */
    double settle() {
        Arrays.fill(sums, 0);
        double rest = -lost;
        for (int pair = 0; pair < pairs; pair++) {
            for (int cluster = 0; cluster < clusters; cluster++) {
                sums[one[pair] * clusters + cluster] += toOne[pair][cluster];
                sums[two[pair] * clusters + cluster] += toTwo[pair][cluster];
            }
            rest += kept[pair];
        }
        return rest;
    }

    /** Returns no less than all that is added up in a bound for the pairs. */
    double magnitude() {
        double sum = lost;
        for (int pair = 0; pair < pairs; pair++) {
            double most = 0;
            for (int cluster = 0; cluster < clusters; cluster++) {
                most = Math.max(most, Math.abs(toOne[pair][cluster]) + Math.abs(toTwo[pair][cluster]));
            }
            sum += 2 * most + (forth[pair] + back[pair]) * farthest;
        }
        return sum;
    }

    private double traffic(int pair, int here, int there) {
        int cell = here * clusters + there;
        return forth[pair] * distance[cell] + back[pair] * reverse[cell];
    }
}
