// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.placement.firstfit;

import eu.nephele.smo.api.model.Placement;
import eu.nephele.smo.api.model.Placement.Share;
import eu.nephele.smo.api.model.Resources;
import eu.nephele.smo.api.placement.PlacementLink;
import eu.nephele.smo.api.placement.PlacementRequest;
import eu.nephele.smo.api.placement.PlacementService;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A placement in the making: which service is where, what is left on each cluster, and why a group does not fit somewhere. */
final class FirstFitPacking {

    private static final int NOWHERE = -1;

    private final PlacementRequest request;
    private final int[] column;
    private final Resources[] left;
    private final List<List<PlacementLink>> limits = new ArrayList<>();
    private final List<List<Integer>> rivals = new ArrayList<>();

    FirstFitPacking(PlacementRequest request) {
        this.request = request;
        this.column = new int[request.services().size()];
        Arrays.fill(column, NOWHERE);
        this.left = request.clusters().stream().map(cluster -> cluster.free()).toArray(Resources[]::new);
        for (int s = 0; s < column.length; s++) {
            limits.add(new ArrayList<>());
            rivals.add(new ArrayList<>());
        }
        for (PlacementLink link : request.links()) {
            if (link.maxLatencyMillis().isPresent()) {
                limits.get(link.from()).add(link);
                limits.get(link.to()).add(link);
            }
        }
        for (List<Integer> pair : request.apart()) {
            rivals.get(pair.get(0)).add(pair.get(1));
            rivals.get(pair.get(1)).add(pair.get(0));
        }
    }

    Resources demand(List<Integer> group) {
        Resources sum = Resources.NONE;
        for (int s : group) {
            sum = sum.plus(request.services().get(s).demand());
        }
        return sum;
    }

    /** @return for people: reason for which the group cannot go to the cluster now; "" if it can */
    String obstacle(List<Integer> group, Resources demand, int cluster) {
        for (int s : group) {
            if (!request.allowed(s, cluster)) {
                return request.whyNotAllowed(s, cluster);
            }
            if (request.services().get(s).overClusters() > 1) {
                return "its replicas have to be on %d clusters, this strategy keeps a service on one"
                        .formatted(request.services().get(s).overClusters());
            }
        }
        if (!demand.fitsInto(left[cluster])) {
            return demand.shortage(left[cluster]);
        }
        for (int s : group) {
            String neighbour = neighbourObstacle(group, s, cluster);
            if (!neighbour.isEmpty()) {
                return neighbour;
            }
        }
        return "";
    }

    private String neighbourObstacle(List<Integer> group, int service, int cluster) {
        for (int rival : rivals.get(service)) {
            if (column[rival] == cluster || group.contains(rival)) {
                return "must not share a cluster with service " + id(rival);
            }
        }
        for (PlacementLink link : limits.get(service)) {
            int from = group.contains(link.from()) ? cluster : column[link.from()];
            int to = group.contains(link.to()) ? cluster : column[link.to()];
            double limit = link.maxLatencyMillis().orElse(Double.POSITIVE_INFINITY);
            boolean known = from != NOWHERE && to != NOWHERE;
            if (known && !(request.latencyMillis(from, to).orElse(Double.POSITIVE_INFINITY) <= limit)) {
                return "latency of the link from %s to %s would exceed %s ms"
                        .formatted(id(link.from()), id(link.to()), limit);
            }
        }
        return "";
    }

    private String id(int service) {
        return request.services().get(service).id();
    }

    void put(List<Integer> group, Resources demand, int cluster) {
        group.forEach(s -> column[s] = cluster);
        left[cluster] = left[cluster].minusFloored(demand);
    }

    Placement placement() {
        Map<String, List<Share>> shares = new LinkedHashMap<>();
        for (int s = 0; s < column.length; s++) {
            PlacementService service = request.services().get(s);
            shares.put(
                    service.id(),
                    List.of(new Share(request.clusters().get(column[s]).id(), service.replicas())));
        }
        return new Placement(shares);
    }
}
