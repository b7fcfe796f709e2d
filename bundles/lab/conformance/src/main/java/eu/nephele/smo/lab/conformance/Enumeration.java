// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.conformance;

import eu.nephele.smo.api.model.Placement;
import eu.nephele.smo.api.placement.Feasibility;
import eu.nephele.smo.api.placement.PlacementRequest;
import java.util.Arrays;
import java.util.Optional;

/** Tries every placement of a small problem: the reference for feasibility and optimality, tie-break included. */
public final class Enumeration {

    /** Largest number of placements that are tried; a problem has clusters to the power of services. */
    public static final long MAX_PLACEMENTS = 10_000_000;

    private Enumeration() {}

    /**
     * The best feasible placement with every service whole on one cluster: by cost levels in their order, then fewest moved
     * services, then least moved CPU, then names of clusters in service order.
     *
     * @return empty when no placement is feasible
     * @throws IllegalArgumentException when there are more than {@link #MAX_PLACEMENTS}
     */
    public static Optional<Placement> best(PlacementRequest request) {
        int[] columns = new int[request.services().size()];
        Optional<Placement> best = Optional.empty();
        long[] bestKey = {};
        long count = count(request);
        for (long number = 0; number < count; number++) {
            write(number, request.clusters().size(), columns);
            Placement placement = Columns.placement(request, columns);
            if (Feasibility.violations(request, placement).isEmpty()) {
                long[] key = key(request, placement);
                if (best.isEmpty() || Arrays.compare(key, bestKey) < 0) {
                    best = Optional.of(placement);
                    bestKey = key;
                }
            }
        }
        return best;
    }

    private static long count(PlacementRequest request) {
        int clusters = request.clusters().size();
        int services = request.services().size();
        double count = Math.pow(clusters, services);
        if (count > MAX_PLACEMENTS) {
            throw new IllegalArgumentException("%d services on %d clusters are more than %d placements to try"
                    .formatted(services, clusters, MAX_PLACEMENTS));
        }
        return (long) count;
    }

    /** The digits of a number to the base of the clusters; the first service counts most, clusters are in the order of names. */
    private static void write(long number, int clusters, int[] columns) {
        long rest = number;
        for (int s = columns.length - 1; s >= 0; s--) {
            columns[s] = (int) (rest % clusters);
            rest /= clusters;
        }
    }

    private static long[] key(PlacementRequest request, Placement placement) {
        int levels = request.costs().size();
        long[] key = new long[levels + 2];
        for (int level = 0; level < levels; level++) {
            key[level] = Pricing.total(request, placement, level);
        }
        for (int s = 0; s < request.services().size(); s++) {
            int column = Columns.cluster(request, placement, s);
            if (request.current(s).isPresent() && request.current(s).getAsInt() != column) {
                key[levels]++;
                key[levels + 1] += request.services().get(s).demand().cpuMillis();
            }
        }
        return key;
    }
}
