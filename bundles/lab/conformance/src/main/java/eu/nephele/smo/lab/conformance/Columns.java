// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.conformance;

import eu.nephele.smo.api.model.ClusterCapacity;
import eu.nephele.smo.api.model.ClusterId;
import eu.nephele.smo.api.model.Placement;
import eu.nephele.smo.api.placement.PlacementRequest;
import eu.nephele.smo.api.placement.PlacementService;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Placements as the reference writes them: the column of the cluster, service by service; every service whole on one cluster. */
public final class Columns {

    private Columns() {}

    /**
     * Returns the column of the cluster of a service.
     *
     * @param service row of the service in the request
     * @throws IllegalArgumentException when the service is not placed whole on one cluster of the request
     */
    public static int cluster(PlacementRequest request, Placement placement, int service) {
        String id = request.services().get(service).id();
        List<ClusterId> at = placement.clustersOf(id);
        int column = at.size() == 1 ? ids(request).indexOf(at.get(0)) : -1;
        if (column < 0) {
            throw new IllegalArgumentException(
                    "Service %s is on %s, expected one cluster of %s".formatted(id, at, ids(request)));
        }
        return column;
    }

    /** All columns in service order, separated by commas, for example {@code 0,1,1}. */
    public static String text(PlacementRequest request, Placement placement) {
        return IntStream.range(0, request.services().size())
                .mapToObj(service -> Integer.toString(cluster(request, placement, service)))
                .collect(Collectors.joining(","));
    }

    /** Returns the placement that puts each service with all its replicas on the cluster of its column. */
    public static Placement placement(PlacementRequest request, int... columns) {
        if (columns.length != request.services().size()) {
            throw new IllegalArgumentException("%d columns for %d services"
                    .formatted(columns.length, request.services().size()));
        }
        Map<String, List<Placement.Share>> shares = new LinkedHashMap<>();
        for (int s = 0; s < columns.length; s++) {
            PlacementService service = request.services().get(s);
            ClusterId cluster = request.clusters().get(columns[s]).id();
            shares.put(service.id(), List.of(new Placement.Share(cluster, service.replicas())));
        }
        return new Placement(shares);
    }

    private static List<ClusterId> ids(PlacementRequest request) {
        return request.clusters().stream().map(ClusterCapacity::id).toList();
    }
}
