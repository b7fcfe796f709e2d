// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.contract.decision;

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

/** A problem that differs from another one in little, of which nothing is copied: a subclass says in what. */
public abstract class PlacementRequestView implements PlacementRequest {

    private final PlacementRequest request;

    protected PlacementRequestView(PlacementRequest request) {
        this.request = request;
    }

    @Override
    public boolean allowed(int service, int cluster) {
        return request.allowed(service, cluster);
    }

    @Override
    public String whyNotAllowed(int service, int cluster) {
        return request.whyNotAllowed(service, cluster);
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
    public OptionalInt current(int service) {
        return request.current(service);
    }

    @Override
    public int currentReplicas(int service, int cluster) {
        return request.currentReplicas(service, cluster);
    }

    @Override
    public List<Costs> costs() {
        return request.costs();
    }
}
