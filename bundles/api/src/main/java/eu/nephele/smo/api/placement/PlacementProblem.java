// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.api.placement;

import eu.nephele.smo.api.model.ClusterCapacity;
import eu.nephele.smo.api.model.ClusterId;
import eu.nephele.smo.api.model.GraphId;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.OptionalInt;

/** The one implementation of a request. Owns its arrays: the builder copies them, nobody else sees them. */
final class PlacementProblem implements PlacementRequest {

    private final GraphId graph;
    private final DecisionReason reason;
    private final List<PlacementService> services;
    private final List<ClusterCapacity> clusters;
    private final Map<ClusterId, String> unavailable;
    private final List<PlacementLink> links;
    private final String[][] forbidden;
    private final List<List<Integer>> together;
    private final List<List<Integer>> apart;
    private final LatencyMatrix latencies;
    private final int[][] currentReplicas;
    private final List<Costs> costs;

    PlacementProblem(
            GraphId graph,
            DecisionReason reason,
            List<PlacementService> services,
            List<ClusterCapacity> clusters,
            Map<ClusterId, String> unavailable,
            List<PlacementLink> links,
            String[][] forbidden,
            List<List<Integer>> together,
            List<List<Integer>> apart,
            LatencyMatrix latencies,
            int[][] currentReplicas,
            List<Costs> costs) {
        this.graph = graph;
        this.reason = reason;
        this.services = services;
        this.clusters = clusters;
        this.unavailable = unavailable;
        this.links = links;
        this.forbidden = forbidden;
        this.together = together;
        this.apart = apart;
        this.latencies = latencies;
        this.currentReplicas = currentReplicas;
        this.costs = costs;
    }

    @Override
    public GraphId graph() {
        return graph;
    }

    @Override
    public DecisionReason reason() {
        return reason;
    }

    @Override
    public List<PlacementService> services() {
        return services;
    }

    @Override
    public List<ClusterCapacity> clusters() {
        return clusters;
    }

    @Override
    public Map<ClusterId, String> unavailable() {
        return unavailable;
    }

    @Override
    public List<PlacementLink> links() {
        return links;
    }

    @Override
    public boolean allowed(int service, int cluster) {
        return forbidden[service][cluster].isEmpty();
    }

    @Override
    public String whyNotAllowed(int service, int cluster) {
        return forbidden[service][cluster];
    }

    @Override
    public List<List<Integer>> together() {
        return together;
    }

    @Override
    public List<List<Integer>> apart() {
        return apart;
    }

    @Override
    public OptionalDouble latencyMillis(int from, int to) {
        return latencies.millis(from, to);
    }

    @Override
    public LatencyMatrix latencies() {
        return latencies;
    }

    @Override
    public OptionalInt current(int service) {
        int best = -1;
        for (int c = 0; c < clusters.size(); c++) {
            int here = currentReplicas[service][c];
            if (here > 0 && (best < 0 || here > currentReplicas[service][best])) {
                best = c;
            }
        }
        return best < 0 ? OptionalInt.empty() : OptionalInt.of(best);
    }

    @Override
    public int currentReplicas(int service, int cluster) {
        return currentReplicas[service][cluster];
    }

    @Override
    public List<Costs> costs() {
        return costs;
    }

    @Override
    public PlacementRequest withCosts(List<Costs> newCosts) {
        return new PlacementProblem(
                graph,
                reason,
                services,
                clusters,
                unavailable,
                links,
                forbidden,
                together,
                apart,
                latencies,
                currentReplicas,
                List.copyOf(newCosts));
    }
}
