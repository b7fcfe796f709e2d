// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.placement.solver;

import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;

/**
 * Costs of traffic, shifted to the items at its ends so that a bound counts them. For any numbers (messages) of a pair of linked items for
 * each of its two items and each cluster there, the sum over the items of the least cost with their messages, plus the sum over the pairs
 * of the least traffic cost less the two messages, is a lower bound: each assignment costs just the same with them. An update of a pair
 * raises that sum or leaves it (dual block-coordinate ascent of the local polytope: S. Tourani, A. Shekhovtsov, C. Rother, B. Savchynskyy,
 * "MPLP++: Fast, Parallel Dual Block-Coordinate Ascent for Dense Graphical Models", ECCV 2018). Not thread-safe.
 */
final class TrafficMessages {

    /** Half a unit for each link: what rounding takes from its cost at most. */
    private static final double LINK_ROUNDING = 0.5;

    private static final double HALF = 0.5;

    /** Sums of a pair that are compared for one unit of work. */
    private static final int SUMS_PER_UNIT = 64;

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
        this.unitsPerPair = 1 + 3L * clusters * clusters / SUMS_PER_UNIT;
        this.distance = new double[units.length];
        this.reverse = new double[units.length];
        for (int i = 0; i < units.length; i++) {
            distance[i] = units[i];
            reverse[i % clusters * clusters + i / clusters] = units[i];
        }
        LinkTable links = problem.links;
        int[] ones = new int[links.other.length];
        int[] twos = new int[links.other.length];
        double[] forths = new double[links.other.length];
        double[] backs = new double[links.other.length];
        int count = 0;
        double halves = 0;
        for (int item = 0; item < problem.items && units.length > 0; item++) {
            Map<Integer, double[]> byOther = new TreeMap<>();
            for (int entry = links.start[item]; entry < links.start[item + 1]; entry++) {
                if (links.other[entry] > item && links.traffic[entry] > 0) {
                    double[] both = byOther.computeIfAbsent(links.other[entry], other -> new double[2]);
                    both[links.outgoing[entry] ? 0 : 1] += links.traffic[entry];
                    halves += LINK_ROUNDING;
                }
            }
            for (Map.Entry<Integer, double[]> pair : byOther.entrySet()) {
                ones[count] = item;
                twos[count] = pair.getKey();
                forths[count] = pair.getValue()[0];
                backs[count] = pair.getValue()[1];
                count++;
            }
        }
        this.pairs = count;
        this.lost = halves;
        this.one = Arrays.copyOf(ones, count);
        this.two = Arrays.copyOf(twos, count);
        this.forth = Arrays.copyOf(forths, count);
        this.back = Arrays.copyOf(backs, count);
        this.toOne = new double[count][clusters];
        this.toTwo = new double[count][clusters];
        this.sums = new double[count == 0 ? 0 : problem.items * clusters];
        this.costOfOne = new double[clusters];
        this.costOfTwo = new double[clusters];
        this.shareOfOne = new double[clusters];
        this.shareOfTwo = new double[clusters];
    }

    boolean isEmpty() {
        return pairs == 0;
    }

    /** By item and cluster: what the messages add to the cost of the item there; empty if no traffic has a cost. Changed by {@link #update}. */
    double[] sums() {
        return sums;
    }

    /** Updates each pair once, until the end of the work. */
    void update(CapacityPrices prices, WorkBudget work) {
        for (int pair = 0; pair < pairs && work.spend(unitsPerPair); pair++) {
            collect(prices, one[pair], toOne[pair], costOfOne);
            collect(prices, two[pair], toTwo[pair], costOfTwo);
            // half of what the pair can do without goes to the one, then all of the rest to the two, and what is left
            // to the one
            share(pair, costOfOne, costOfTwo, new double[0], shareOfOne, true);
            for (int here = 0; here < clusters; here++) {
                shareOfOne[here] *= HALF;
            }
            share(pair, costOfTwo, costOfOne, shareOfOne, shareOfTwo, false);
            share(pair, costOfOne, costOfTwo, shareOfTwo, shareOfOne, true);
            assign(one[pair], toOne[pair], costOfOne, shareOfOne);
            assign(two[pair], toTwo[pair], costOfTwo, shareOfTwo);
        }
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

    /** Adds the messages up anew, so that no rounding of earlier updates is left, and returns what the pairs keep for themselves. */
    double settle() {
        Arrays.fill(sums, 0);
        double rest = 0;
        for (int pair = 0; pair < pairs; pair++) {
            double least = Double.POSITIVE_INFINITY;
            for (int here = 0; here < clusters; here++) {
                sums[one[pair] * clusters + here] += toOne[pair][here];
                sums[two[pair] * clusters + here] += toTwo[pair][here];
                for (int there = 0; there < clusters; there++) {
                    boolean possible = problem.allowed[one[pair] * clusters + here]
                            && problem.allowed[two[pair] * clusters + there];
                    double left = traffic(pair, here, there) - toOne[pair][here] - toTwo[pair][there];
                    if (possible && left < least) {
                        least = left;
                    }
                }
            }
            rest += least;
        }
        return rest - lost;
    }

    /** Returns no less than all that is added up in a bound for the pairs. */
    double magnitude() {
        double sum = lost;
        for (int pair = 0; pair < pairs; pair++) {
            double most = 0;
            for (int cluster = 0; cluster < clusters; cluster++) {
                most = Math.max(most, Math.abs(toOne[pair][cluster]) + Math.abs(toTwo[pair][cluster]));
            }
            double traffic = 0;
            for (int i = 0; i < distance.length; i++) {
                traffic = Math.max(traffic, forth[pair] * distance[i] + back[pair] * reverse[i]);
            }
            sum += 2 * most + traffic;
        }
        return sum;
    }

    private double traffic(int pair, int here, int there) {
        int cell = here * clusters + there;
        return forth[pair] * distance[cell] + back[pair] * reverse[cell];
    }
}
