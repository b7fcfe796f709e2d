// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.journal;

import eu.nephele.smo.api.model.ClusterCapacity;
import eu.nephele.smo.api.model.ClusterId;
import eu.nephele.smo.api.model.GraphId;
import eu.nephele.smo.api.placement.Costs;
import eu.nephele.smo.api.placement.DecisionReason;
import eu.nephele.smo.api.placement.LatencyMatrix;
import eu.nephele.smo.api.placement.PlacementLink;
import eu.nephele.smo.api.placement.PlacementPreference;
import eu.nephele.smo.api.placement.PlacementRequest;
import eu.nephele.smo.api.placement.PlacementService;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.OptionalInt;

/**
 * A problem with one service on a given cluster: all others are forbidden for it. An explanation has one for each cluster, so nothing of
 * the problem is copied.
 *
 * @param service row
 * @param cluster column, of which the problem itself says whether it is allowed
 */
record PinnedRequest(PlacementRequest request, int service, int cluster) implements PlacementRequest {

    private static final String ELSEWHERE = "asked for on another cluster";

    @Override
    public boolean allowed(int of, int on) {
        return request.allowed(of, on) && (of != service || on == cluster);
    }

    @Override
    public String whyNotAllowed(int of, int on) {
        String why = request.whyNotAllowed(of, on);
        return why.isEmpty() && of == service && on != cluster ? ELSEWHERE : why;
    }

    @Override
    public PlacementRequest withCosts(List<Costs> costs) {
        return new PinnedRequest(request.withCosts(costs), service, cluster);
    }

    @Override
    public GraphId graph() {
        return request.graph();
    }

    @Override
    public DecisionReason reason() {
        return request.reason();
    }

    @Override
    public List<PlacementService> services() {
        return request.services();
    }

    @Override
    public List<ClusterCapacity> clusters() {
        return request.clusters();
    }

    @Override
    public Map<ClusterId, String> unavailable() {
        return request.unavailable();
    }

    @Override
    public List<PlacementLink> links() {
        return request.links();
    }

    @Override
    public List<List<Integer>> together() {
        return request.together();
    }

    @Override
    public List<List<Integer>> apart() {
        return request.apart();
    }

    @Override
    public List<PlacementPreference> preferences() {
        return request.preferences();
    }

    @Override
    public OptionalDouble latencyMillis(int from, int to) {
        return request.latencyMillis(from, to);
    }

    @Override
    public LatencyMatrix latencies() {
        return request.latencies();
    }

    @Override
    public OptionalInt current(int of) {
        return request.current(of);
    }

    @Override
    public int currentReplicas(int of, int on) {
        return request.currentReplicas(of, on);
    }

    @Override
    public List<Costs> costs() {
        return request.costs();
    }
}
