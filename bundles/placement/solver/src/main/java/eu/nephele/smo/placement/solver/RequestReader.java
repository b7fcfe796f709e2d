// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.placement.solver;

import eu.nephele.smo.api.model.Resources;
import eu.nephele.smo.api.placement.Costs;
import eu.nephele.smo.api.placement.PlacementLink;
import eu.nephele.smo.api.placement.PlacementRequest;
import eu.nephele.smo.api.placement.PlacementService;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * Converts a request to plain numbers. Services that must be together are one item, and so is each share of a divided one; items are in
 * the order of their first service, clusters in name order.
 */
final class RequestReader {

    private static final String TOGETHER_AND_DIVIDED =
            "its replicas have to be on several clusters, and it on the one of other services";

    private static final String TOO_LARGE_AMOUNTS = "amounts are too large to be exact";
    private static final String OUT_OF_PROPORTION =
            "replicas are divided as capacities allow, and other divisions were not tried";

    private final PlacementRequest request;
    private final boolean asItFits;
    private final List<RequestItem> items = new ArrayList<>();

    /** By service. */
    private final List<List<Integer>> itemsOf = new ArrayList<>();

    private final int clusters;
    private final ResourceTable resources;

    /** @param asItFits whether shares may be out of proportion, for the sake of a placement */
    RequestReader(PlacementRequest request, boolean asItFits) {
        this.request = request;
        this.asItFits = asItFits;
        this.clusters = request.clusters().size();
        Map<Integer, List<Integer>> groupOf = new HashMap<>();
        request.together().forEach(group -> group.forEach(s -> groupOf.put(s, group)));
        for (int s = 0; s < request.services().size(); s++) {
            itemsOf.add(new ArrayList<>());
        }
        for (int s = 0; s < itemsOf.size(); s++) {
            List<Integer> group = groupOf.getOrDefault(s, List.of(s));
            if (Collections.min(group) == s) {
                add(group);
            }
        }
        this.resources = new ResourceTable(
                request, items.stream().map(item -> demand(request, item)).toList());
    }

    private void add(List<Integer> group) {
        boolean divided = group.stream().anyMatch(s -> request.services().get(s).isDivided());
        List<RequestItem> added;
        if (!divided) {
            added = List.of(RequestItem.whole(group));
        } else if (group.size() > 1) {
            added = List.of(RequestItem.impossible(group, TOGETHER_AND_DIVIDED));
        } else {
            added = new ShareSizes(request, group.get(0)).items(asItFits);
        }
        for (RequestItem item : added) {
            group.forEach(s -> itemsOf.get(s).add(items.size()));
            items.add(item);
        }
    }

    /** Reads constraints and costs. */
    RequestProblem read() {
        LinkTable links = links();
        return read(links, objective(links.size() > 0));
    }

    /** Reads constraints alone. */
    RequestProblem readConstraints() {
        return read(links(), ObjectiveVector.NONE);
    }

    /** Reads constraints with every amount as it is. */
    FitProblem readLimits() {
        return new FitProblem(resources.demand, resources.free, allowed(), links());
    }

    List<RequestItem> items() {
        return items;
    }

    private RequestProblem read(LinkTable links, ObjectiveVector objective) {
        boolean[] allowed = allowed();
        CapacityRows rows = new CapacityRows(resources.names, resources.demand, resources.free, allowed, clusters);
        AssignmentProblem problem = new AssignmentProblem(
                clusters, rows.demand(), rows.capacity(), allowed, objective, links, rows.isRounded());
        return new RequestProblem(request, items, resources, rows, problem, inexact(problem));
    }

    private Optional<String> inexact(AssignmentProblem problem) {
        if (asItFits) {
            return Optional.of(OUT_OF_PROPORTION);
        }
        return problem.rounded ? Optional.of(TOO_LARGE_AMOUNTS) : Optional.empty();
    }

    static Resources demand(PlacementRequest request, RequestItem item) {
        Resources sum = Resources.NONE;
        for (int s : item.services()) {
            PlacementService service = request.services().get(s);
            sum = sum.plus(service.perReplica().times(item.replicas(service.replicas())));
        }
        return sum;
    }

    /** The same as whether {@link InfeasibilityReasons#alone} has no reason, for all at once. */
    private boolean[] allowed() {
        boolean[] allowed = new boolean[items.size() * clusters];
        double[] limits = limitsInside();
        boolean[] impossible = impossible();
        for (int item = 0; item < items.size(); item++) {
            boolean limited = limits[item] < Double.POSITIVE_INFINITY;
            OptionalInt only = items.get(item).cluster();
            for (int c = 0; c < clusters && !impossible[item]; c++) {
                allowed[item * clusters + c] = (only.isEmpty() || only.getAsInt() == c)
                        && fits(resources.demand[item], resources.free[c])
                        && (!limited || request.latencyMillis(c, c).orElse(0) <= limits[item]);
            }
        }
        for (int s = 0; s < itemsOf.size(); s++) {
            for (int item : itemsOf.get(s)) {
                int first = item * clusters;
                for (int c = 0; c < clusters; c++) {
                    allowed[first + c] = allowed[first + c] && request.allowed(s, c);
                }
            }
        }
        return allowed;
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
        double[] limits = new double[items.size()];
        Arrays.fill(limits, Double.POSITIVE_INFINITY);
        for (PlacementLink link : request.links()) {
            for (int item : itemsOf.get(link.from())) {
                if (itemsOf.get(link.to()).contains(item)) {
                    limits[item] =
                            Math.min(limits[item], link.maxLatencyMillis().orElse(Double.POSITIVE_INFINITY));
                }
            }
        }
        return limits;
    }

    /** By item: whether its services have to be apart, or something else is against it everywhere. */
    private boolean[] impossible() {
        boolean[] impossible = new boolean[items.size()];
        for (int item = 0; item < impossible.length; item++) {
            impossible[item] = !items.get(item).obstacle().isEmpty();
        }
        for (List<Integer> pair : request.apart()) {
            int item = itemsOf.get(pair.get(0)).get(0);
            impossible[item] |= item == itemsOf.get(pair.get(1)).get(0);
        }
        return impossible;
    }

    /** @param linked whether any items are linked, so that distances matter */
    private ObjectiveVector objective(boolean linked) {
        int costLevels = request.costs().size();
        int levels = costLevels + 2;
        long[][] unary = new long[levels][items.size() * clusters];
        long[][] open = new long[levels][clusters];
        long[][] distance = new long[levels][0];
        for (int level = 0; level < costLevels; level++) {
            Costs costs = request.costs().get(level);
            distance[level] = linked ? distance(costs) : distance[level];
            for (int c = 0; c < clusters; c++) {
                open[level][c] = costs.open(c);
            }
            for (int s = 0; s < itemsOf.size(); s++) {
                for (int item : itemsOf.get(s)) {
                    int first = item * clusters;
                    for (int c = 0; c < clusters; c++) {
                        unary[level][first + c] += assign(costs, item, s, c);
                    }
                }
            }
        }
        for (int item = 0; item < items.size(); item++) {
            for (int s : items.get(item).services()) {
                PlacementService service = request.services().get(s);
                long cpuMillis = service.perReplica()
                        .times(items.get(item).replicas(service.replicas()))
                        .cpuMillis();
                boolean placed = request.current(s).isPresent();
                for (int c = 0; c < clusters && placed; c++) {
                    if (request.currentReplicas(s, c) == 0) {
                        unary[costLevels][item * clusters + c]++;
                        unary[costLevels + 1][item * clusters + c] += cpuMillis;
                    }
                }
            }
        }
        return new ObjectiveVector(costLevels, unary, open, distance);
    }

    private long assign(Costs costs, int item, int service, int cluster) {
        long all = costs.assign(service, cluster);
        double part = items.get(item).part(request.services().get(service).replicas());
        return part == 1 ? all : (long) Math.rint(all * part);
    }

    private long[] distance(Costs costs) {
        long[] distance = new long[clusters * clusters];
        for (int c = 0; c < clusters; c++) {
            for (int to = 0; to < clusters; to++) {
                distance[c * clusters + to] = c == to ? 0 : costs.distance(c, to);
            }
        }
        return distance;
    }

    private LinkTable links() {
        LinkTable.Builder links = new LinkTable.Builder(items.size(), clusters);
        for (PlacementLink link : request.links()) {
            double limit = link.maxLatencyMillis().orElse(Double.POSITIVE_INFINITY);
            for (int from : itemsOf.get(link.from())) {
                for (int to : itemsOf.get(link.to())) {
                    if (from != to) {
                        links.link(from, to, link.traffic() * part(from, link.from()) * part(to, link.to()), limit);
                    }
                }
            }
        }
        for (List<Integer> pair : request.apart()) {
            for (int one : itemsOf.get(pair.get(0))) {
                for (int two : itemsOf.get(pair.get(1))) {
                    if (one != two) {
                        links.apart(one, two);
                    }
                }
            }
        }
        itemsOf.forEach(shares -> sharesApart(links, shares));
        return links.build(this::latencies);
    }

    private double[] latencies() {
        double[] latencyMillis = new double[clusters * clusters];
        for (int c = 0; c < clusters; c++) {
            for (int to = 0; to < clusters; to++) {
                latencyMillis[c * clusters + to] = request.latencyMillis(c, to).orElse(Double.POSITIVE_INFINITY);
            }
        }
        return latencyMillis;
    }

    private double part(int item, int service) {
        return items.get(item).part(request.services().get(service).replicas());
    }

    private static void sharesApart(LinkTable.Builder links, List<Integer> shares) {
        for (int one = 0; one < shares.size(); one++) {
            for (int two = one + 1; two < shares.size(); two++) {
                links.apart(shares.get(one), shares.get(two));
            }
        }
    }
}
