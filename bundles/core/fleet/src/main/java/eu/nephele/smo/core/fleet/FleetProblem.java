// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.fleet;

import eu.nephele.smo.api.model.ClusterCapacity;
import eu.nephele.smo.api.model.ClusterId;
import eu.nephele.smo.api.model.GraphId;
import eu.nephele.smo.api.model.Resources;
import eu.nephele.smo.api.placement.DecisionReason;
import eu.nephele.smo.api.placement.LatencyMatrix;
import eu.nephele.smo.api.placement.PlacementLink;
import eu.nephele.smo.api.placement.PlacementPreference;
import eu.nephele.smo.api.placement.PlacementRequest;
import eu.nephele.smo.api.placement.PlacementRequestBuilder;
import eu.nephele.smo.api.placement.PlacementService;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Services of many graphs as rows, clusters as columns. Services of different graphs share capacities and nothing else. Owns its
 * arrays; {@link FleetProblemFactory} makes it.
 */
final class FleetProblem {

    /** The row of a service whose cluster is not there. */
    static final int NOWHERE = -1;

    private static final GraphId FLEET = new GraphId("fleet", "fleet");

    private final List<ClusterCapacity> clusters;
    private final LatencyMatrix latencies;
    private final List<FleetGraph> graphs;
    private final List<PlacementService> services;
    private final FleetRows rows;
    private final FleetLoad load;
    private final List<List<PlacementLink>> links;

    /**
     * By row: its present column or {@link #NOWHERE}, where it is as long as no place was found for its graph, and by column why it may
     * not be there, "" where it may.
     */
    static final class FleetRows {

        private final int[] current;
        private final int[] kept;
        private final String[][] forbidden;

        FleetRows(int[] current, int[] kept, String[][] forbidden) {
            this.current = current;
            this.kept = kept;
            this.forbidden = forbidden;
        }

        int[] current() {
            return current;
        }

        int[] kept() {
            return kept;
        }

        String[][] forbidden() {
            return forbidden;
        }
    }

    /**
     * By column: what the cluster offers to the rows and to what stays, the capacity with what is used beyond that, and what is used
     * by graphs that stay.
     */
    static final class FleetLoad {

        private final Resources[] offered;
        private final Resources[] capacity;
        private final Resources[] staying;

        FleetLoad(Resources[] offered, Resources[] capacity, Resources[] staying) {
            this.offered = offered;
            this.capacity = capacity;
            this.staying = staying;
        }

        Resources[] offered() {
            return offered;
        }

        Resources[] capacity() {
            return capacity;
        }

        Resources[] staying() {
            return staying;
        }
    }

    /** @param services by row, with ids that are unique in the fleet */
    FleetProblem(
            List<ClusterCapacity> clusters,
            LatencyMatrix latencies,
            List<FleetGraph> graphs,
            List<PlacementService> services,
            FleetRows rows,
            FleetLoad load) {
        this.clusters = List.copyOf(clusters);
        this.latencies = latencies;
        this.graphs = List.copyOf(graphs);
        this.services = List.copyOf(services);
        this.rows = rows;
        this.load = load;
        this.links = links(graphs);
    }

    private static List<List<PlacementLink>> links(List<FleetGraph> graphs) {
        List<List<PlacementLink>> byRow = new ArrayList<>();
        for (FleetGraph graph : graphs) {
            for (int s = 0; s < graph.size(); s++) {
                byRow.add(new ArrayList<>());
            }
            for (PlacementLink link : graph.links()) {
                byRow.get(graph.first() + link.from()).add(link);
                if (link.to() != link.from()) {
                    byRow.get(graph.first() + link.to()).add(link);
                }
            }
        }
        return byRow;
    }

    /** Links of a service, between the indexes of its graph. */
    List<PlacementLink> linksOf(int row) {
        return links.get(row);
    }

    List<FleetGraph> graphs() {
        return graphs;
    }

    int services() {
        return services.size();
    }

    int clusters() {
        return clusters.size();
    }

    ClusterId cluster(int column) {
        return clusters.get(column).id();
    }

    Resources demand(int row) {
        return services.get(row).demand();
    }

    int current(int row) {
        return rows.current()[row];
    }

    int[] current() {
        return rows.current().clone();
    }

    /**
     * Where services are as long as no place was found for their graph: where they are now, unless it is a world in which everything is
     * placed anew.
     */
    int[] kept() {
        return rows.kept().clone();
    }

    boolean allowed(int row, int column) {
        return rows.forbidden()[row][column].isEmpty();
    }

    /** What a column can take together; less than {@link #capacity} where it is overbooked now. */
    Resources offered(int column) {
        return load.offered()[column];
    }

    Resources capacity(int column) {
        return load.capacity()[column];
    }

    Resources staying(int column) {
        return load.staying()[column];
    }

    /** Amounts on each column: what stays, and these rows. */
    Resources[] used(int[] at) {
        Resources[] used = load.staying().clone();
        for (int row = 0; row < at.length; row++) {
            if (at[row] != NOWHERE) {
                used[at[row]] = used[at[row]].plus(demand(row));
            }
        }
        return used;
    }

    /** Returns whether the rules of the graph itself hold with its services there; capacities are not looked at. */
    boolean holds(FleetGraph graph, int[] at) {
        int first = graph.first();
        for (int s = 0; s < graph.size(); s++) {
            int column = at[first + s];
            boolean stays = column == current(first + s);
            if (column == NOWHERE || !(stays || allowed(first + s, column))) {
                return false;
            }
        }
        PlacementRequest own = graph.member().problem();
        for (List<Integer> group : own.together()) {
            if (group.stream().mapToInt(s -> at[first + s]).distinct().count() > 1) {
                return false;
            }
        }
        for (List<Integer> pair : own.apart()) {
            if (at[first + pair.get(0)] == at[first + pair.get(1)]) {
                return false;
            }
        }
        return own.links().stream().allMatch(link -> isNear(link, at[first + link.from()], at[first + link.to()]));
    }

    private boolean isNear(PlacementLink link, int from, int to) {
        if (link.maxLatencyMillis().isEmpty()) {
            return true;
        }
        OptionalDouble millis = from == to ? OptionalDouble.of(0) : latencies.millis(from, to);
        return millis.isPresent()
                && millis.getAsDouble() <= link.maxLatencyMillis().getAsDouble();
    }

    /** Some of the graphs as a problem of its own, in an empty fleet. */
    PlacementRequest request(List<FleetGraph> block) {
        int[] nowhere = rows.current().clone();
        Arrays.fill(nowhere, NOWHERE);
        return request(block, nowhere);
    }

    /**
     * Some of the graphs as a problem of its own.
     *
     * @param at where the other graphs are
     */
    PlacementRequest request(List<FleetGraph> block, int[] at) {
        int[] others = at.clone();
        block.forEach(graph -> Arrays.fill(others, graph.first(), graph.first() + graph.size(), NOWHERE));
        Resources[] taken = used(others);
        List<ClusterCapacity> columns = IntStream.range(0, clusters.size())
                .mapToObj(column -> column(column, taken[column]))
                .toList();
        List<PlacementService> blockServices = block.stream()
                .flatMap(graph -> services.subList(graph.first(), graph.first() + graph.size()).stream())
                .toList();
        PlacementRequestBuilder builder =
                new PlacementRequestBuilder(FLEET, DecisionReason.REPLACE, blockServices, columns);
        int offset = 0;
        for (FleetGraph graph : block) {
            add(builder, graph, offset);
            offset += graph.size();
        }
        return builder.latencies(latencies).build();
    }

    private ClusterCapacity column(int column, Resources taken) {
        ClusterCapacity cluster = clusters.get(column);
        return new ClusterCapacity(
                cluster.id(),
                capacity(column).minusFloored(taken),
                cluster.allocatable(),
                cluster.occupied() || !taken.isZero(),
                cluster.labels(),
                cluster.energy(),
                cluster.signals());
    }

    /** Columns of the fleet; clusters that are not among them are left out. */
    private Set<Integer> columnsOf(PlacementRequest own, Set<Integer> indexes) {
        Set<ClusterId> ids =
                indexes.stream().map(index -> own.clusters().get(index).id()).collect(Collectors.toSet());
        return IntStream.range(0, clusters.size())
                .filter(column -> ids.contains(clusters.get(column).id()))
                .boxed()
                .collect(Collectors.toSet());
    }

    private void add(PlacementRequestBuilder builder, FleetGraph graph, int offset) {
        for (int s = 0; s < graph.size(); s++) {
            int row = graph.first() + s;
            if (current(row) != NOWHERE) {
                builder.current(offset + s, current(row));
            }
            for (int c = 0; c < clusters.size(); c++) {
                if (!allowed(row, c)) {
                    builder.forbid(offset + s, c, rows.forbidden()[row][c]);
                }
            }
        }
        PlacementRequest own = graph.member().problem();
        own.together()
                .forEach(group ->
                        builder.together(group.stream().map(s -> offset + s).toList()));
        own.apart().forEach(pair -> builder.apart(offset + pair.get(0), offset + pair.get(1)));
        own.preferences()
                .forEach(preference -> builder.preference(new PlacementPreference(
                        offset + preference.service(),
                        preference.weight(),
                        preference.why(),
                        columnsOf(own, preference.against()))));
        own.links()
                .forEach(link -> builder.link(new PlacementLink(
                        offset + link.from(), offset + link.to(), link.traffic(), link.maxLatencyMillis())));
    }
}
