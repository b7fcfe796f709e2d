// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.placement.solver;

import eu.nephele.smo.api.model.ClusterCapacity;
import eu.nephele.smo.api.model.Placement;
import eu.nephele.smo.api.model.Placement.Share;
import eu.nephele.smo.api.model.Resources;
import eu.nephele.smo.api.placement.PlacementRequest;
import eu.nephele.smo.api.placement.PlacementService;
import eu.nephele.smo.placement.solver.FitCheck.Fit;
import eu.nephele.smo.placement.solver.SuggestedChange.MoreCapacity;
import java.math.BigInteger;
import java.util.OptionalLong;

/** Finds how much more of a resource one cluster would have to have. */
final class LeastCapacity {

    /** Amounts beyond are not examined, so that sums stay in range. */
    private static final long MOST = 1L << 61;

    private final PlacementRequest request;
    private final String resource;
    private final FitCheck check;

    /** Sum of all demands. */
    private final long demand;

    /** What all loads are multiples of. */
    private final long unit;

    LeastCapacity(PlacementRequest request, String resource, FitCheck check) {
        this.request = request;
        this.resource = resource;
        this.check = check;
        Resources sum =
                request.services().stream().map(PlacementService::demand).reduce(Resources.NONE, Resources::plus);
        this.demand = amount(sum);
        this.unit = request.services().stream()
                .map(service -> BigInteger.valueOf(amount(service.perReplica())))
                .reduce(BigInteger.ZERO, BigInteger::gcd)
                .max(BigInteger.ONE)
                .longValueExact();
    }

    private long amount(Resources resources) {
        return resources.byName().getOrDefault(resource, 0L);
    }

    /** Returns the most that is smaller than an effort and makes sense; 0 if nothing is. */
    long most(ClusterCapacity cluster, double effort) {
        if (demand > MOST || amount(cluster.free()) > MOST) {
            return 0;
        }
        double size = MoreCapacity.size(cluster, resource);
        return effort < 1 ? (long) Math.min((double) demand, effort * size / (1 - effort)) : demand;
    }

    /** @return the least additional amount with which the request fits; empty if it does not even with the most */
    OptionalLong find(ClusterCapacity cluster, long most) {
        Fit fit = check.check(with(cluster, most));
        if (!fit.exists()) {
            return OptionalLong.empty();
        }
        long tried = most;
        long free = amount(cluster.free());
        long low = free / unit + 1;
        long high = Math.max(low, load(fit, cluster) / unit);
        while (low < high) {
            long middle = low + (high - low) / 2;
            Fit between = check.check(with(cluster, middle * unit - free));
            if (between.exists()) {
                tried = middle * unit - free;
                high = Math.max(low, load(between, cluster) / unit);
            } else {
                low = middle + 1;
            }
        }
        // shares of divided services differ with the capacity, and may fit with more of it only
        long least = high * unit - free;
        return OptionalLong.of(least < tried && check.fits(with(cluster, least)) ? least : tried);
    }

    private PlacementRequest with(ClusterCapacity cluster, long more) {
        return new MoreCapacity(cluster.id(), resource, more).apply(request);
    }

    private long load(Fit fit, ClusterCapacity cluster) {
        Placement placement = fit.placement().orElse(Placement.NONE);
        long load = 0;
        for (PlacementService service : request.services()) {
            for (Share share : placement.of(service.id())) {
                if (share.cluster().equals(cluster.id())) {
                    load += amount(service.perReplica().times(share.replicas()));
                }
            }
        }
        return load;
    }
}
