// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.placement.greedy;

import eu.nephele.smo.api.model.Resources;
import eu.nephele.smo.api.placement.PlacementLink;
import eu.nephele.smo.api.placement.PlacementRequest;
import eu.nephele.smo.api.placement.PlacementService;
import java.util.Arrays;
import java.util.List;

/** An incomplete placement: clusters of items, free capacity, cost of one more item. Not thread-safe. */
final class PartialPlacement {

    static final int NONE = -1;

    private final PlacementItems items;
    private final PlacementRequest request;
    private final int[] cluster;
    private final int[] count;
    private final Resources[] left;
    private final long[] usedCpuMillis;

    PartialPlacement(PlacementItems items) {
        this.items = items;
        this.request = items.request();
        this.cluster = new int[items.count()];
        Arrays.fill(cluster, NONE);
        this.count = new int[items.clusters()];
        this.left = request.clusters().stream().map(free -> free.free()).toArray(Resources[]::new);
        this.usedCpuMillis = new long[items.clusters()];
    }

    /** Column of the cluster of an item, {@link #NONE} if it is not placed. */
    int clusterOf(int item) {
        return cluster[item];
    }

    long usedCpuMillis(int column) {
        return usedCpuMillis[column];
    }

    void put(int item, int column) {
        cluster[item] = column;
        count[column]++;
        left[column] = left[column].minusFloored(items.demand(item));
        usedCpuMillis[column] += items.demand(item).cpuMillis();
    }

    void take(int item) {
        int column = cluster[item];
        cluster[item] = NONE;
        count[column]--;
        left[column] = left[column].plus(items.demand(item));
        usedCpuMillis[column] -= items.demand(item).cpuMillis();
    }

    /** Returns the growth of the total if the item is placed there; micro-units. */
    long increment(int item, int column) {
        long sum = items.assign(item, column) + (count[column] == 0 ? items.open(column) : 0);
        for (PlacementLink link : items.links(item)) {
            int from = end(link.from(), item, column);
            int to = end(link.to(), item, column);
            sum += from == NONE || to == NONE ? 0 : items.traffic(link, from, to);
        }
        return sum;
    }

    private int end(int service, int item, int column) {
        return items.itemOf(service) == item ? column : cluster[items.itemOf(service)];
    }

    boolean admits(int item, int column) {
        // capacity first: it fails most often, and building the reason is expensive
        return items.demand(item).fitsInto(left[column])
                && obstacle(item, column).isEmpty();
    }

    /** @return for people: reason for which the item cannot go there now; "" if it can */
    String obstacle(int item, int column) {
        for (int s : items.members(item)) {
            PlacementService service = request.services().get(s);
            if (!request.allowed(s, column)) {
                return request.whyNotAllowed(s, column);
            }
            if (service.overClusters() > 1) {
                return "its replicas have to be on %d clusters, this strategy keeps a service on one"
                        .formatted(service.overClusters());
            }
        }
        if (!items.demand(item).fitsInto(left[column])) {
            return items.demand(item).shortage(left[column]);
        }
        for (int rival : items.rivals(item)) {
            if (rival == item || cluster[rival] == column) {
                return "must not share a cluster with " + ids(rival);
            }
        }
        return tooFar(item, column);
    }

    private String tooFar(int item, int column) {
        for (PlacementLink link : items.links(item)) {
            int from = end(link.from(), item, column);
            int to = end(link.to(), item, column);
            double limit = link.maxLatencyMillis().orElse(Double.POSITIVE_INFINITY);
            boolean known = from != NONE && to != NONE;
            if (known && !(request.latencyMillis(from, to).orElse(Double.POSITIVE_INFINITY) <= limit)) {
                return "latency of the link from %s to %s would exceed %s ms"
                        .formatted(
                                request.services().get(link.from()).id(),
                                request.services().get(link.to()).id(),
                                limit);
            }
        }
        return "";
    }

    private List<String> ids(int item) {
        return items.members(item).stream()
                .map(s -> request.services().get(s).id())
                .toList();
    }
}
