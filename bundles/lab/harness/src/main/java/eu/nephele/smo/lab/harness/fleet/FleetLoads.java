// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.harness.fleet;

import eu.nephele.smo.api.model.ClusterCapacity;
import eu.nephele.smo.api.model.GraphId;
import eu.nephele.smo.api.model.Resources;
import eu.nephele.smo.core.contract.fleet.FleetWorld.FleetMember;
import eu.nephele.smo.core.contract.fleet.FleetWorld.FleetSnapshot;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Where the services of a fleet are, and what that uses, while moves are made. Owns its own books, apart from those of the plan. */
final class FleetLoads {

    private static final double MILLIS_PER_CORE = 1_000;

    private final List<ClusterCapacity> clusters;
    private final Map<GraphId, PlacedGraph> graphs = new HashMap<>();
    private final Resources[] used;

    FleetLoads(FleetSnapshot fleet) {
        this.clusters = fleet.clusters();
        this.used = clusters.stream().map(cluster -> Resources.NONE).toArray(Resources[]::new);
        for (FleetMember member : fleet.members()) {
            PlacedGraph graph = new PlacedGraph(member.problem());
            for (int s = 0; s < graph.services(); s++) {
                used[graph.at(s)] = used[graph.at(s)].plus(graph.demand(s));
            }
            graphs.put(member.graph(), graph);
        }
    }

    /** @throws IllegalArgumentException if there is none of that name */
    int cluster(String name) {
        for (int c = 0; c < clusters.size(); c++) {
            if (clusters.get(c).id().name().equals(name)) {
                return c;
            }
        }
        throw new IllegalArgumentException("there is no cluster '%s'".formatted(name));
    }

    /** @throws IllegalArgumentException if there is none of that name */
    PlacedGraph graph(GraphId id) {
        return Optional.ofNullable(graphs.get(id))
                .orElseThrow(() -> new IllegalArgumentException("there is no graph %s".formatted(id)));
    }

    /** What is missing on the new clusters while the services are at both places; "" when nothing is. */
    String shortage(PlacedGraph graph, Map<Integer, Integer> to) {
        Map<Integer, Resources> more = new TreeMap<>();
        to.forEach((service, cluster) -> more.merge(cluster, graph.demand(service), Resources::plus));
        StringBuilder text = new StringBuilder();
        more.forEach((cluster, needed) -> {
            ClusterCapacity capacity = clusters.get(cluster);
            Resources all = used[cluster].plus(needed);
            if (!all.fitsInto(capacity.free())) {
                text.append(" %s: %s".formatted(capacity.id().name(), all.shortage(capacity.free())));
            }
        });
        return text.toString().strip();
    }

    void move(PlacedGraph graph, Map<Integer, Integer> to) {
        to.forEach((service, cluster) -> {
            Resources demand = graph.demand(service);
            used[graph.at(service)] = used[graph.at(service)].minusFloored(demand);
            used[cluster] = used[cluster].plus(demand);
            graph.move(service, cluster);
        });
    }

    /** Price of all services where they are, per hour. */
    double price() {
        double price = 0;
        for (PlacedGraph graph : graphs.values()) {
            for (int s = 0; s < graph.services(); s++) {
                double perCore =
                        clusters.get(graph.at(s)).signals().pricePerCpuHour().orElseThrow();
                price += perCore * graph.demand(s).cpuMillis() / MILLIS_PER_CORE;
            }
        }
        return price;
    }
}
