// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.journal;

import eu.nephele.smo.api.model.ClusterId;
import eu.nephele.smo.api.model.Placement;
import eu.nephele.smo.api.placement.PlacementRequest;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Where a decision put the services of a request, by their indexes: needed for each cluster and each objective. */
final class DecidedPlaces {

    private final PlacementRequest request;
    private final List<List<ClusterId>> clusters;
    private final Map<ClusterId, Integer> columns = new HashMap<>();

    DecidedPlaces(PlacementRequest request, Placement placement) {
        this.request = request;
        this.clusters = request.services().stream()
                .map(service -> placement.clustersOf(service.id()))
                .toList();
        for (int c = 0; c < request.clusters().size(); c++) {
            columns.put(request.clusters().get(c).id(), c);
        }
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
        Integer column = columns.get(cluster);
        if (column != null) {
            return column;
        }
        throw new IllegalArgumentException("%s is not part of the decision".formatted(cluster));
    }
}
