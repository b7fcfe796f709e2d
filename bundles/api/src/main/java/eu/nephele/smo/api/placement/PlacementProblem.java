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

    private final DecisionReason reason;
    private final ServiceGraph graph;
    private final Federation federation;
    private final String[][] forbidden;
    private final int[][] currentReplicas;
    private final List<Costs> costs;

    // at hand: strategies ask for these in their inner loops
    private final List<PlacementService> services;
    private final List<ClusterCapacity> clusters;
    private final LatencyMatrix latencies;

    PlacementProblem(
            DecisionReason reason,
            ServiceGraph graph,
            Federation federation,
            String[][] forbidden,
            int[][] currentReplicas,
            List<Costs> costs) {
        this.reason = reason;
        this.graph = graph;
        this.federation = federation;
        this.forbidden = forbidden;
        this.currentReplicas = currentReplicas;
        this.costs = costs;
        this.services = graph.services();
        this.clusters = federation.clusters();
        this.latencies = federation.latencies();
    }

    @Override
    public GraphId graph() {
        return graph.id();
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
        return federation.unavailable();
    }

    @Override
    public List<PlacementLink> links() {
        return graph.links();
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
        return graph.together();
    }

    @Override
    public List<List<Integer>> apart() {
        return graph.apart();
    }

    @Override
    public List<PlacementPreference> preferences() {
        return graph.preferences();
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
        return new PlacementProblem(reason, graph, federation, forbidden, currentReplicas, List.copyOf(newCosts));
    }
}
