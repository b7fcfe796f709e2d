// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.placement.solver;

import eu.nephele.smo.api.model.Resources;
import eu.nephele.smo.api.placement.Costs;
import eu.nephele.smo.api.placement.PlacementLink;
import eu.nephele.smo.api.placement.PlacementRequest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.TreeSet;

/**
 * Converts a request to plain numbers. Services that must be together are one item; items are in the order of their first service,
 * clusters in name order.
 */
final class RequestReader {

    private final PlacementRequest request;
    private final List<List<Integer>> members = new ArrayList<>();
    private final int[] itemOf;
    private final int clusters;

    RequestReader(PlacementRequest request) {
        this.request = request;
        this.clusters = request.clusters().size();
        this.itemOf = new int[request.services().size()];
        Map<Integer, List<Integer>> groupOf = new HashMap<>();
        request.together().forEach(group -> group.forEach(s -> groupOf.put(s, group)));
        for (int s = 0; s < itemOf.length; s++) {
            List<Integer> group = groupOf.getOrDefault(s, List.of(s));
            if (Collections.min(group) == s) {
                for (int member : group) {
                    itemOf[member] = members.size();
                }
                members.add(group);
            }
        }
    }

    /** Returns the services of each item, as indexes. */
    List<List<Integer>> members() {
        return members;
    }

    AssignmentProblem read() {
        List<String> resources = resources();
        long[][] demand = demand(resources);
        long[][] free = free(resources);
        boolean[] allowed = allowed(demand, free);
        CapacityRows capacityRows = new CapacityRows(demand, free, allowed, clusters);
        return new AssignmentProblem(
                clusters,
                capacityRows.demand(),
                capacityRows.capacity(),
                allowed,
                objective(),
                links(),
                capacityRows.isRounded());
    }

    private List<String> resources() {
        TreeSet<String> names = new TreeSet<>();
        request.services()
                .forEach(service -> names.addAll(service.demand().byName().keySet()));
        return List.copyOf(names);
    }

    private long[][] demand(List<String> resources) {
        long[][] demand = new long[members.size()][];
        for (int item = 0; item < demand.length; item++) {
            Resources sum = Resources.NONE;
            for (int s : members.get(item)) {
                sum = sum.plus(request.services().get(s).demand());
            }
            demand[item] = amounts(sum, resources);
        }
        return demand;
    }

    private long[][] free(List<String> resources) {
        long[][] free = new long[clusters][];
        for (int c = 0; c < clusters; c++) {
            free[c] = amounts(request.clusters().get(c).free(), resources);
        }
        return free;
    }

    private static long[] amounts(Resources amount, List<String> resources) {
        Map<String, Long> byName = amount.byName();
        return resources.stream()
                .mapToLong(name -> byName.getOrDefault(name, 0L))
                .toArray();
    }

    /** The same as whether {@link InfeasibilityReasons#alone} has no reason, for all at once. */
    private boolean[] allowed(long[][] demand, long[][] free) {
        boolean[] allowed = new boolean[members.size() * clusters];
        double[] limits = limitsInside();
        boolean[] impossible = impossible();
        for (int item = 0; item < members.size(); item++) {
            for (int c = 0; c < clusters && !impossible[item]; c++) {
                allowed[item * clusters + c] = permitted(members.get(item), c)
                        && fits(demand[item], free[c])
                        && request.latencyMillis(c, c).orElse(0) <= limits[item];
            }
        }
        return allowed;
    }

    private boolean permitted(List<Integer> group, int cluster) {
        for (int s : group) {
            if (!request.allowed(s, cluster)) {
                return false;
            }
        }
        return true;
    }

    private static boolean fits(long[] demand, long[] free) {
        for (int r = 0; r < demand.length; r++) {
            if (demand[r] > free[r]) {
                return false;
            }
        }
        return true;
    }

    /** By item: the least latency in ms that one of the links between its services asks for. */
    private double[] limitsInside() {
        double[] limits = new double[members.size()];
        Arrays.fill(limits, Double.POSITIVE_INFINITY);
        for (PlacementLink link : request.links()) {
            int item = itemOf[link.from()];
            if (item == itemOf[link.to()]) {
                limits[item] = Math.min(limits[item], link.maxLatencyMillis().orElse(Double.POSITIVE_INFINITY));
            }
        }
        return limits;
    }

    /** By item: whether its services have to be apart, or one of them on several clusters. */
    private boolean[] impossible() {
        boolean[] impossible = new boolean[members.size()];
        for (List<Integer> pair : request.apart()) {
            int item = itemOf[pair.get(0)];
            impossible[item] |= item == itemOf[pair.get(1)];
        }
        for (int s = 0; s < itemOf.length; s++) {
            impossible[itemOf[s]] |= request.services().get(s).overClusters() > 1;
        }
        return impossible;
    }

    private ObjectiveVector objective() {
        int costLevels = request.costs().size();
        int levels = costLevels + 2;
        long[][] unary = new long[levels][members.size() * clusters];
        long[][] open = new long[levels][clusters];
        long[][] distance = new long[levels][0];
        for (int level = 0; level < costLevels; level++) {
            Costs costs = request.costs().get(level);
            distance[level] = new long[clusters * clusters];
            for (int c = 0; c < clusters; c++) {
                open[level][c] = costs.open(c);
                for (int to = 0; to < clusters; to++) {
                    distance[level][c * clusters + to] = c == to ? 0 : costs.distance(c, to);
                }
                for (int s = 0; s < itemOf.length; s++) {
                    unary[level][itemOf[s] * clusters + c] += costs.assign(s, c);
                }
            }
        }
        for (int s = 0; s < itemOf.length; s++) {
            OptionalInt current = request.current(s);
            for (int c = 0; c < clusters; c++) {
                if (current.isPresent() && current.getAsInt() != c) {
                    int cell = itemOf[s] * clusters + c;
                    unary[costLevels][cell]++;
                    unary[costLevels + 1][cell] +=
                            request.services().get(s).demand().cpuMillis();
                }
            }
        }
        return new ObjectiveVector(costLevels, unary, open, distance);
    }

    private LinkTable links() {
        LinkTable.Builder links = new LinkTable.Builder(members.size(), clusters);
        for (PlacementLink link : request.links()) {
            int from = itemOf[link.from()];
            int to = itemOf[link.to()];
            if (from != to) {
                links.link(from, to, link.traffic(), link.maxLatencyMillis().orElse(Double.POSITIVE_INFINITY));
            }
        }
        for (List<Integer> pair : request.apart()) {
            int one = itemOf[pair.get(0)];
            int two = itemOf[pair.get(1)];
            if (one != two) {
                links.apart(one, two);
            }
        }
        double[] latencyMillis = new double[clusters * clusters];
        for (int c = 0; c < clusters; c++) {
            for (int to = 0; to < clusters; to++) {
                latencyMillis[c * clusters + to] = request.latencyMillis(c, to).orElse(Double.POSITIVE_INFINITY);
            }
        }
        return links.build(latencyMillis);
    }
}
