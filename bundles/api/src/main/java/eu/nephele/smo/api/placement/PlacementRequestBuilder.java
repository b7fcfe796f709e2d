// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.api.placement;

import eu.nephele.smo.api.model.ClusterCapacity;
import eu.nephele.smo.api.model.ClusterId;
import eu.nephele.smo.api.model.GraphId;
import eu.nephele.smo.api.model.Placement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/**
 * Builds placement problems, in the engine, in replays and in tests alike. Clusters are sorted by name; indexes are those of the
 * finished request, so add all services and clusters before anything that names an index. Not thread-safe.
 */
public final class PlacementRequestBuilder {

    private final GraphId graph;
    private final DecisionReason reason;
    private final List<PlacementService> services;
    private final List<ClusterCapacity> clusters;
    private final String[][] forbidden;
    private final int[][] currentReplicas;
    private LatencyMatrix latencies = LatencyMatrix.UNKNOWN;
    /** Empty while none is told one by one. */
    private double[][] latencyMillis = {};

    private final Map<ClusterId, String> unavailable = new TreeMap<>();
    private final List<PlacementLink> links = new ArrayList<>();
    private final List<List<Integer>> together = new ArrayList<>();
    private final List<List<Integer>> apart = new ArrayList<>();
    private final List<PlacementPreference> preferences = new ArrayList<>();

    public PlacementRequestBuilder(
            GraphId graph, DecisionReason reason, List<PlacementService> services, List<ClusterCapacity> clusters) {
        this.graph = graph;
        this.reason = reason;
        this.services = List.copyOf(services);
        this.clusters = clusters.stream()
                .sorted(Comparator.comparing(ClusterCapacity::id))
                .toList();
        int rows = services.size();
        int columns = clusters.size();
        this.forbidden = new String[rows][columns];
        for (String[] row : forbidden) {
            Arrays.fill(row, "");
        }
        this.currentReplicas = new int[rows][columns];
    }

    /** The services, in row order. */
    public List<PlacementService> services() {
        return services;
    }

    /** The clusters, in column order. */
    public List<ClusterCapacity> clusters() {
        return clusters;
    }

    /** Forbids a service on a cluster; the first reason given stays. */
    public PlacementRequestBuilder forbid(int service, int cluster, String why) {
        if (forbidden[service][cluster].isEmpty()) {
            forbidden[service][cluster] = why;
        }
        return this;
    }

    /** Names a cluster that is known and cannot be used now. */
    public PlacementRequestBuilder unavailable(ClusterId cluster, String why) {
        unavailable.put(cluster, why);
        return this;
    }

    public PlacementRequestBuilder link(PlacementLink link) {
        Objects.checkIndex(link.from(), services.size());
        Objects.checkIndex(link.to(), services.size());
        links.add(link);
        return this;
    }

    /** Adds a group; groups that share a service are merged. */
    public PlacementRequestBuilder together(List<Integer> group) {
        List<Integer> merged = new ArrayList<>(group);
        together.removeIf(other -> {
            boolean overlaps = other.stream().anyMatch(merged::contains);
            if (overlaps) {
                merged.addAll(other);
            }
            return overlaps;
        });
        together.add(merged.stream().distinct().sorted().toList());
        return this;
    }

    public PlacementRequestBuilder apart(int one, int other) {
        apart.add(List.of(Math.min(one, other), Math.max(one, other)));
        return this;
    }

    public PlacementRequestBuilder preference(PlacementPreference preference) {
        Objects.checkIndex(preference.service(), services.size());
        preference.against().forEach(cluster -> Objects.checkIndex(cluster, clusters.size()));
        preferences.add(preference);
        return this;
    }

    public PlacementRequestBuilder latency(int from, int to, double millis) {
        if (latencyMillis.length == 0) {
            latencyMillis = LatencyMatrix.unknown(clusters.size());
        }
        latencyMillis[from][to] = millis;
        return this;
    }

    /** Takes all latencies at once instead of one by one. Its rows and columns are {@link #clusters()}. */
    public PlacementRequestBuilder latencies(LatencyMatrix all) {
        if (all.size() != 0 && all.size() != clusters.size()) {
            throw new IllegalArgumentException(
                    "Latencies of %d clusters, expected %d".formatted(all.size(), clusters.size()));
        }
        latencies = all;
        return this;
    }

    /** Says where services are now; shares on clusters that are not part of the problem are left out. */
    public PlacementRequestBuilder current(Placement placement) {
        for (int s = 0; s < services.size(); s++) {
            for (Placement.Share share : placement.of(services.get(s).id())) {
                int column = columnOf(share.cluster());
                if (column >= 0) {
                    currentReplicas[s][column] = Math.max(1, share.replicas());
                }
            }
        }
        return this;
    }

    public PlacementRequestBuilder current(int service, int cluster) {
        currentReplicas[service][cluster] = Math.max(1, services.get(service).replicas());
        return this;
    }

    /** The request, without costs. */
    public PlacementRequest build() {
        return new PlacementProblem(
                reason,
                new ServiceGraph(
                        graph,
                        services,
                        List.copyOf(links),
                        List.copyOf(together),
                        apart.stream().distinct().toList(),
                        List.copyOf(preferences)),
                new Federation(
                        clusters,
                        Collections.unmodifiableMap(new TreeMap<>(unavailable)),
                        latencyMillis.length == 0 ? latencies : LatencyMatrix.owning(copy(latencyMillis))),
                copy(forbidden),
                copy(currentReplicas),
                List.of());
    }

    private int columnOf(ClusterId cluster) {
        for (int c = 0; c < clusters.size(); c++) {
            if (clusters.get(c).id().equals(cluster)) {
                return c;
            }
        }
        return -1;
    }

    private static String[][] copy(String[][] rows) {
        return Arrays.stream(rows).map(String[]::clone).toArray(String[][]::new);
    }

    private static int[][] copy(int[][] rows) {
        return Arrays.stream(rows).map(int[]::clone).toArray(int[][]::new);
    }

    private static double[][] copy(double[][] rows) {
        return Arrays.stream(rows).map(double[]::clone).toArray(double[][]::new);
    }
}
