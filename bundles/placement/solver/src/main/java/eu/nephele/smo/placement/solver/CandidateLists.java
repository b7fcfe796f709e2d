// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.placement.solver;

import java.util.SplittableRandom;

/** For each item the few clusters that are cheapest at the present capacity prices, the cheapest first. Read only. */
final class CandidateLists {

    private static final int FEWEST = 6;
    private static final int MOST = 16;
    private static final int CLUSTERS_PER_CANDIDATE = 4;

    /** Equally cheap clusters come in no fixed order, so that not all items know the same ones. */
    private static final double NOISE = 1e-9;

    private final int width;
    private final int[] clusters;
    private final int[] count;
    private final double meanRegret;

    /** @param withTraffic whether traffic counts as far as messages have shifted it to the items */
    CandidateLists(AssignmentProblem problem, CapacityPrices prices, SplittableRandom random, boolean withTraffic) {
        int wanted = problem.clusters / CLUSTERS_PER_CANDIDATE + CLUSTERS_PER_CANDIDATE;
        width = Math.min(problem.clusters, Math.max(FEWEST, Math.min(MOST, wanted)));
        clusters = new int[problem.items * width];
        count = new int[problem.items];
        double[] cost = new double[problem.clusters];
        double sum = 0;
        for (int item = 0; item < problem.items; item++) {
            for (int cluster = 0; cluster < problem.clusters; cluster++) {
                if (problem.allowed[item * problem.clusters + cluster]) {
                    double priced =
                            withTraffic ? prices.pricedWithTraffic(item, cluster) : prices.priced(item, cluster);
                    cost[cluster] = priced * (1 + NOISE * random.nextDouble()) + NOISE * random.nextDouble();
                    insert(item, cluster, cost);
                }
            }
            if (count[item] > 1) {
                sum += cost[at(item, 1)] - cost[at(item, 0)];
            }
        }
        meanRegret = sum / Math.max(1, problem.items);
    }

    private void insert(int item, int cluster, double[] cost) {
        int first = item * width;
        int slot = count[item];
        if (slot == width) {
            if (cost[clusters[first + width - 1]] <= cost[cluster]) {
                return;
            }
            slot--;
        } else {
            count[item]++;
        }
        while (slot > 0 && cost[clusters[first + slot - 1]] > cost[cluster]) {
            clusters[first + slot] = clusters[first + slot - 1];
            slot--;
        }
        clusters[first + slot] = cluster;
    }

    int count(int item) {
        return count[item];
    }

    int at(int item, int rank) {
        return clusters[item * width + rank];
    }

    /** Returns the mean difference between the cheapest and the second cheapest cluster. */
    double meanRegret() {
        return meanRegret;
    }
}
