// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.engine.lifecycle;

import eu.nephele.smo.api.graph.Change;
import eu.nephele.smo.api.graph.DeployRequest;
import eu.nephele.smo.api.graph.PlaceRequest;
import eu.nephele.smo.api.graph.Plan;
import eu.nephele.smo.api.graph.PlanService;
import eu.nephele.smo.api.model.GraphId;
import eu.nephele.smo.api.runtime.CallContext;
import eu.nephele.smo.api.runtime.ResourceRef;
import eu.nephele.smo.api.runtime.Verb;
import eu.nephele.smo.core.contract.access.Doorkeeper;
import java.util.Optional;

/** The door to plans. Whoever may do something may plan it: a plan shows of the world what doing it would show. */
final class PlanDoor implements PlanService {

    private final Planner planner;
    private final VisibleGraphs visible;
    private final Doorkeeper keeper;

    PlanDoor(Planner planner, VisibleGraphs visible, Doorkeeper keeper) {
        this.planner = planner;
        this.visible = visible;
        this.keeper = keeper;
    }

    @Override
    public Plan plan(DeployRequest request, CallContext call) {
        GraphId graph = request.graph().id();
        return keeper.inside(
                () -> keeper.change(call, verb(graph), ResourceRef.of(graph), "plan", () -> planner.plan(request)));
    }

    @Override
    public Plan plan(GraphId graph, PlaceRequest request, CallContext call) {
        return keeper.change(call, Verb.OPERATE, ResourceRef.of(graph), "plan", () -> planner.plan(graph, request));
    }

    @Override
    public Optional<Plan> find(GraphId graph, String planId, CallContext call) {
        return keeper.find(call, ResourceRef.of(graph), () -> planner.find(graph, planId));
    }

    @Override
    public Change apply(GraphId graph, String planId, CallContext call) {
        return keeper.inside(() -> {
            Verb verb = planner.isPlacement(graph, planId) ? Verb.OPERATE : verb(graph);
            return keeper.change(
                    call, verb, ResourceRef.of(graph), "apply-plan", () -> planner.apply(graph, planId, call.origin()));
        });
    }

    private Verb verb(GraphId graph) {
        return visible.isThere(graph) ? Verb.UPDATE : Verb.CREATE;
    }
}
