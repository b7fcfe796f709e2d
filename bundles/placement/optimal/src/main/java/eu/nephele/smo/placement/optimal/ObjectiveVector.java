// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.placement.optimal;

import eu.nephele.smo.api.placement.Costs;
import eu.nephele.smo.api.placement.PlacementRequest;
import java.util.OptionalInt;

/**
 * Costs of assignments as plain numbers: a vector, compared lexicographically, of the cost levels of the request, then moved
 * services, then their CPU. Read only.
 */
final class ObjectiveVector {

    final int levels;

    /** Cost levels of the request, the first part of the vector. */
    final int costLevels;

    /** By item, then {@code cluster × levels + level}: costs that depend on nothing else. */
    final long[][] unary;

    /** By level and cluster. */
    final long[][] open;

    /** By level and the two clusters. */
    final long[][][] distance;

    ObjectiveVector(PlacementRequest request, int[] itemOf, int items) {
        int clusters = request.clusters().size();
        this.costLevels = request.costs().size();
        this.levels = costLevels + 2;
        this.unary = new long[items][clusters * levels];
        this.open = new long[levels][clusters];
        this.distance = new long[levels][clusters][clusters];
        for (int s = 0; s < itemOf.length; s++) {
            add(request, s, unary[itemOf[s]]);
        }
        for (int level = 0; level < costLevels; level++) {
            read(request.costs().get(level), open[level], distance[level]);
        }
    }

    private void add(PlacementRequest request, int service, long[] row) {
        OptionalInt current = request.current(service);
        long cpuMillis = request.services().get(service).demand().cpuMillis();
        for (int c = 0; c < request.clusters().size(); c++) {
            int cell = c * levels;
            for (int level = 0; level < costLevels; level++) {
                row[cell + level] += request.costs().get(level).assign(service, c);
            }
            if (current.isPresent() && current.getAsInt() != c) {
                row[cell + costLevels]++;
                row[cell + costLevels + 1] += cpuMillis;
            }
        }
    }

    private static void read(Costs costs, long[] open, long[][] distance) {
        for (int from = 0; from < open.length; from++) {
            open[from] = costs.open(from);
            for (int to = 0; to < open.length; to++) {
                distance[from][to] = from == to ? 0 : costs.distance(from, to);
            }
        }
    }

    long unary(int level, int item, int cluster) {
        return unary[item][cluster * levels + level];
    }
}
