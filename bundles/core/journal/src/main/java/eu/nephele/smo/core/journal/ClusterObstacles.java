// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.journal;

import eu.nephele.smo.api.model.ClusterCapacity;
import eu.nephele.smo.api.model.ClusterId;
import eu.nephele.smo.api.model.Placement;
import eu.nephele.smo.api.model.Placement.Share;
import eu.nephele.smo.api.model.Resources;
import eu.nephele.smo.api.placement.PlacementLink;
import eu.nephele.smo.api.placement.PlacementRequest;
import eu.nephele.smo.api.placement.PlacementService;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.TreeSet;

/** What keeps a share of a service from another cluster while all others stay where the decision put them. */
final class ClusterObstacles {

    private final PlacementRequest request;
    private final Placement placement;
    private final DecidedPlaces places;

    ClusterObstacles(PlacementRequest request, Placement placement, DecidedPlaces places) {
        this.request = request;
        this.placement = placement;
        this.places = places;
    }

    /** Returns why a share of a service cannot be on a cluster; "" if it can. */
    String find(int service, Share share, int cluster) {
        if (!request.allowed(service, cluster)) {
            return request.whyNotAllowed(service, cluster);
        }
        PlacementService of = request.services().get(service);
        if (of.division().weightOf(request.clusters().get(cluster).id()) == 0) {
            return "it has no weight in the division of its replicas";
        }
        return neighbour(service, cluster)
                .or(() -> tooFar(service, cluster))
                .or(() -> noRoom(service, share, cluster))
                .orElse("");
    }

    private Optional<String> neighbour(int service, int cluster) {
        ClusterId there = request.clusters().get(cluster).id();
        Optional<String> together = request.together().stream()
                .filter(group -> group.contains(service))
                .flatMap(List::stream)
                .filter(other -> other != service && !places.clusters(other).contains(there))
                .findFirst()
                .map(other -> "it must share its cluster with %s, which is on %s"
                        .formatted(places.id(other), places.names(other)));
        return together.or(() -> request.apart().stream()
                .filter(pair -> pair.contains(service))
                .flatMap(List::stream)
                .filter(other -> other != service && places.clusters(other).contains(there))
                .findFirst()
                .map(other -> "it must not share a cluster with %s, which is there".formatted(places.id(other))));
    }

    private Optional<String> tooFar(int service, int cluster) {
        for (PlacementLink link : request.links()) {
            boolean calls = link.from() == service;
            if ((!calls && link.to() != service) || link.maxLatencyMillis().isEmpty()) {
                continue;
            }
            int other = calls ? link.to() : link.from();
            for (ClusterId at : places.clusters(other)) {
                OptionalDouble millis = request.latencyMillis(cluster, places.column(at));
                if (millis.isEmpty()
                        || millis.getAsDouble() > link.maxLatencyMillis().getAsDouble()) {
                    return Optional.of("its link with %s allows %s ms, the latency from there is %s"
                            .formatted(
                                    places.id(other),
                                    link.maxLatencyMillis().getAsDouble(),
                                    millis.isEmpty() ? "unknown" : millis.getAsDouble() + " ms"));
                }
            }
        }
        return Optional.empty();
    }

    private Optional<String> noRoom(int service, Share moved, int cluster) {
        ClusterCapacity there = request.clusters().get(cluster);
        Resources demand = request.services().get(service).perReplica().times(moved.replicas());
        Resources taken = Resources.NONE;
        Set<String> neighbours = new TreeSet<>();
        for (PlacementService other : request.services()) {
            if (!other.id().equals(places.id(service))) {
                for (Share share : placement.of(other.id())) {
                    if (share.cluster().equals(there.id())) {
                        taken = taken.plus(other.perReplica().times(share.replicas()));
                        neighbours.add(other.id());
                    }
                }
            }
        }
        Resources left = there.free().minusFloored(taken);
        if (demand.fitsInto(left)) {
            return Optional.empty();
        }
        String why = demand.fitsInto(there.free())
                ? "does not fit while %s stays there: ".formatted(String.join(", ", neighbours))
                : "does not fit: ";
        return Optional.of(why + demand.shortage(left));
    }
}
