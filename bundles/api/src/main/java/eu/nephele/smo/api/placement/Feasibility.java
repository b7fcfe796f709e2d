// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.api.placement;

import eu.nephele.smo.api.model.ClusterCapacity;
import eu.nephele.smo.api.model.ClusterId;
import eu.nephele.smo.api.model.Placement;
import eu.nephele.smo.api.model.Placement.Share;
import eu.nephele.smo.api.model.Resources;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.Set;

/** Checks a placement against its problem: the rules that no decision may break, in one place. */
public final class Feasibility {

    private Feasibility() {}

    /**
     * @return what is wrong, one line each, empty when the placement may be applied: every service placed with all its replicas
     *     on clusters of the problem that it is allowed on, no capacity exceeded, groups together, pairs apart, spread and
     *     latency limits kept
     */
    public static List<String> violations(PlacementRequest request, Placement placement) {
        List<String> found = new ArrayList<>();
        unknownServices(request, placement, found);
        shares(request, placement, found);
        if (found.isEmpty()) {
            capacities(request, placement, found);
            neighbours(request, placement, found);
            latencies(request, placement, found);
        }
        return found;
    }

    private static void unknownServices(PlacementRequest request, Placement placement, List<String> found) {
        Set<String> unknown = new HashSet<>(placement.shares().keySet());
        request.services().forEach(service -> unknown.remove(service.id()));
        unknown.forEach(id -> found.add("service %s is not part of the problem".formatted(id)));
    }

    private static void shares(PlacementRequest request, Placement placement, List<String> found) {
        for (int s = 0; s < request.services().size(); s++) {
            PlacementService service = request.services().get(s);
            List<Share> shares = placement.of(service.id());
            int replicas = placement.replicasOf(service.id());
            if (shares.isEmpty() || replicas != service.replicas()) {
                found.add("service %s: %d of %d replicas placed".formatted(service.id(), replicas, service.replicas()));
            }
            long clusters = shares.size() < 2
                    ? shares.size()
                    : shares.stream().map(Share::cluster).distinct().count();
            if (clusters < shares.size()) {
                found.add("service %s: a cluster occurs in two of its shares".formatted(service.id()));
            } else {
                service.division()
                        .flaw(shares.stream().map(Share::replicas).toList())
                        .ifPresent(flaw -> found.add("service %s: %s".formatted(service.id(), flaw)));
            }
            for (Share share : shares) {
                OptionalInt column = request.column(share.cluster());
                if (column.isEmpty()) {
                    found.add("service %s: cluster %s is not part of the problem"
                            .formatted(service.id(), share.cluster()));
                } else if (!request.allowed(s, column.getAsInt())) {
                    found.add("service %s: not allowed on %s: %s"
                            .formatted(
                                    service.id(), share.cluster().name(), request.whyNotAllowed(s, column.getAsInt())));
                }
            }
        }
    }

    private static void capacities(PlacementRequest request, Placement placement, List<String> found) {
        Resources[] used = new Resources[request.clusters().size()];
        for (PlacementService service : request.services()) {
            for (Share share : placement.of(service.id())) {
                int column = request.column(share.cluster()).orElse(0);
                Resources before = used[column] == null ? Resources.NONE : used[column];
                used[column] = before.plus(service.perReplica().times(share.replicas()));
            }
        }
        for (int c = 0; c < used.length; c++) {
            ClusterCapacity cluster = request.clusters().get(c);
            if (used[c] != null && !used[c].fitsInto(cluster.free())) {
                found.add("cluster %s: %s".formatted(cluster.id().name(), used[c].shortage(cluster.free())));
            }
        }
    }

    private static void neighbours(PlacementRequest request, Placement placement, List<String> found) {
        for (List<Integer> group : request.together()) {
            Set<ClusterId> clusters = new HashSet<>();
            group.forEach(s -> clusters.addAll(clustersOf(request, placement, s)));
            if (clusters.size() > 1) {
                found.add("services %s must share a cluster, are on %s".formatted(ids(request, group), clusters));
            }
        }
        for (List<Integer> pair : request.apart()) {
            Set<ClusterId> shared = new HashSet<>(clustersOf(request, placement, pair.get(0)));
            shared.retainAll(clustersOf(request, placement, pair.get(1)));
            if (!shared.isEmpty()) {
                found.add("services %s must not share a cluster, are both on %s".formatted(ids(request, pair), shared));
            }
        }
    }

    private static void latencies(PlacementRequest request, Placement placement, List<String> found) {
        for (PlacementLink link : request.links()) {
            if (link.maxLatencyMillis().isEmpty()) {
                continue;
            }
            double limit = link.maxLatencyMillis().getAsDouble();
            for (ClusterId from : clustersOf(request, placement, link.from())) {
                for (ClusterId to : clustersOf(request, placement, link.to())) {
                    OptionalDouble millis = request.latencyMillis(
                            request.column(from).orElse(0), request.column(to).orElse(0));
                    if (millis.isEmpty() || millis.getAsDouble() > limit) {
                        found.add("link %s: latency between %s and %s is %s, limit %s ms"
                                .formatted(
                                        ids(request, List.of(link.from(), link.to())),
                                        from.name(),
                                        to.name(),
                                        millis.isEmpty() ? "unknown" : millis.getAsDouble() + " ms",
                                        limit));
                    }
                }
            }
        }
    }

    private static List<ClusterId> clustersOf(PlacementRequest request, Placement placement, int service) {
        return placement.clustersOf(request.services().get(service).id());
    }

    private static List<String> ids(PlacementRequest request, List<Integer> services) {
        return services.stream().map(s -> request.services().get(s).id()).toList();
    }
}
