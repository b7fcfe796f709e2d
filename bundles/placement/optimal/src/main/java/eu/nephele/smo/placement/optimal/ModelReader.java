// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.placement.optimal;

import eu.nephele.smo.api.model.Resources;
import eu.nephele.smo.api.placement.PlacementLink;
import eu.nephele.smo.api.placement.PlacementRequest;
import eu.nephele.smo.placement.optimal.ItemLinks.Wire;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

/** Converts a request to plain numbers. */
final class ModelReader {

    private final PlacementRequest request;
    private final List<List<Integer>> members = new ArrayList<>();
    private final int[] itemOf;
    private final int clusters;
    private final List<String> resources;

    private ModelReader(PlacementRequest request) {
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
        TreeSet<String> names = new TreeSet<>();
        request.services()
                .forEach(service -> names.addAll(service.demand().byName().keySet()));
        this.resources = List.copyOf(names);
    }

    static PlacementModel read(PlacementRequest request) {
        return new ModelReader(request).model();
    }

    private PlacementModel model() {
        long[][] demand = new long[members.size()][];
        for (int i = 0; i < demand.length; i++) {
            demand[i] = amounts(demandOf(members.get(i)));
        }
        long[][] free = new long[clusters][];
        double[][] latency = new double[clusters][clusters];
        for (int c = 0; c < clusters; c++) {
            free[c] = amounts(request.clusters().get(c).free());
            for (int to = 0; to < clusters; to++) {
                latency[c][to] = request.latencyMillis(c, to).orElse(Double.POSITIVE_INFINITY);
            }
        }
        ObjectiveVector objective = new ObjectiveVector(request, itemOf, members.size());
        return new PlacementModel(members, demand, free, allowed(), latency, neighbours(), objective);
    }

    private Resources demandOf(List<Integer> group) {
        Resources sum = Resources.NONE;
        for (int s : group) {
            sum = sum.plus(request.services().get(s).demand());
        }
        return sum;
    }

    private long[] amounts(Resources amount) {
        Map<String, Long> byName = amount.byName();
        return resources.stream()
                .mapToLong(name -> byName.getOrDefault(name, 0L))
                .toArray();
    }

    private boolean[][] allowed() {
        boolean[][] allowed = new boolean[members.size()][clusters];
        for (int i = 0; i < allowed.length; i++) {
            for (int c = 0; c < clusters; c++) {
                allowed[i][c] =
                        InfeasibilityReasons.alone(request, members.get(i), c).isEmpty();
            }
        }
        return allowed;
    }

    private List<List<ItemLinks>> neighbours() {
        List<TreeMap<Integer, List<Wire>>> wires = new ArrayList<>();
        members.forEach(group -> wires.add(new TreeMap<>()));
        for (PlacementLink link : request.links()) {
            int from = itemOf[link.from()];
            int to = itemOf[link.to()];
            if (from != to) {
                double limit = link.maxLatencyMillis().orElse(Double.POSITIVE_INFINITY);
                wire(wires, from, to).add(new Wire(true, link.traffic(), limit));
                wire(wires, to, from).add(new Wire(false, link.traffic(), limit));
            }
        }
        List<TreeSet<Integer>> rivals = new ArrayList<>();
        members.forEach(group -> rivals.add(new TreeSet<>()));
        for (List<Integer> pair : request.apart()) {
            int one = itemOf[pair.get(0)];
            int other = itemOf[pair.get(1)];
            wire(wires, one, other);
            wire(wires, other, one);
            rivals.get(one).add(other);
            rivals.get(other).add(one);
        }
        List<List<ItemLinks>> neighbours = new ArrayList<>();
        for (int i = 0; i < members.size(); i++) {
            List<ItemLinks> of = new ArrayList<>();
            TreeSet<Integer> apart = rivals.get(i);
            wires.get(i).forEach((other, links) -> of.add(new ItemLinks(other, apart.contains(other), links)));
            neighbours.add(List.copyOf(of));
        }
        return List.copyOf(neighbours);
    }

    private static List<Wire> wire(List<? extends Map<Integer, List<Wire>>> wires, int from, int to) {
        return wires.get(from).computeIfAbsent(to, key -> new ArrayList<>());
    }
}
