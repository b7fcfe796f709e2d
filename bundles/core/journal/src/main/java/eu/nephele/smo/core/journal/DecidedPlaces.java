// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.journal;

import eu.nephele.smo.api.model.ClusterId;
import eu.nephele.smo.api.model.Placement;
import eu.nephele.smo.api.placement.PlacementRequest;
import java.util.List;
import java.util.stream.Collectors;

/** Where a decision put the services of a request, by their indexes: needed for each cluster and each objective. */
final class DecidedPlaces {

    private final PlacementRequest request;
    private final List<List<ClusterId>> clusters;

    DecidedPlaces(PlacementRequest request, Placement placement) {
        this.request = request;
        this.clusters = request.services().stream()
                .map(service -> placement.clustersOf(service.id()))
                .toList();
    }

    String id(int service) {
        return request.services().get(service).id();
    }

    List<ClusterId> clusters(int service) {
        return clusters.get(service);
    }

    /** For people. */
    String names(int service) {
        return clusters(service).stream().map(ClusterId::name).collect(Collectors.joining(", "));
    }

    /** Returns the index of a cluster of the request. */
    int column(ClusterId cluster) {
        return request.column(cluster)
                .orElseThrow(() -> new IllegalArgumentException("%s is not part of the decision".formatted(cluster)));
    }
}
