// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.placement.solver;

import java.util.Arrays;

/**
 * What each item loses on each cluster beside its cheapest one, at capacity prices, and for each cluster the items that lose least there. Read only.
 */
final class NearItems {

    private static final int MOST = 60;

    /** By item and cluster: the priced cost less the least one of the item; infinite where it is not allowed. */
    final double[] regret;

    private final int width;
    private final int[] items;
    private final int[] count;

    NearItems(AssignmentProblem problem, CapacityPrices prices) {
        int clusters = problem.clusters;
        regret = new double[problem.items * clusters];
        Arrays.fill(regret, Double.POSITIVE_INFINITY);
        width = Math.min(problem.items, MOST);
        items = new int[clusters * width];
        count = new int[clusters];
        for (int item = 0; item < problem.items; item++) {
            double least = Double.POSITIVE_INFINITY;
            for (int cell = item * clusters; cell < (item + 1) * clusters; cell++) {
                if (problem.allowed[cell]) {
                    regret[cell] = prices.priced(item, cell % clusters);
                    least = Math.min(least, regret[cell]);
                }
            }
            for (int cluster = 0; cluster < clusters; cluster++) {
                int cell = item * clusters + cluster;
                if (problem.allowed[cell]) {
                    regret[cell] -= least;
                    insert(item, cluster, clusters);
                }
            }
        }
    }

    private void insert(int item, int cluster, int clusters) {
        int first = cluster * width;
        int slot = count[cluster];
        double its = regret[item * clusters + cluster];
        if (slot == width) {
            if (regret[items[first + width - 1] * clusters + cluster] <= its) {
                return;
            }
            slot--;
        } else {
            count[cluster]++;
        }
        while (slot > 0 && regret[items[first + slot - 1] * clusters + cluster] > its) {
            items[first + slot] = items[first + slot - 1];
            slot--;
        }
        items[first + slot] = item;
    }

    int count(int cluster) {
        return count[cluster];
    }

    /** Returns an item that may be on the cluster; the first one loses least. */
    int at(int cluster, int rank) {
        return items[cluster * width + rank];
    }
}
