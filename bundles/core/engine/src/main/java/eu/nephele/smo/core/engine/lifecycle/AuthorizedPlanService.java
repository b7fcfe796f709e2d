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
import eu.nephele.smo.core.contract.access.Authorizer;
import java.util.Optional;

/** Authorized service for plans. A caller who may do something may plan it: a plan shows no more than doing it. */
final class AuthorizedPlanService implements PlanService {

    private final PlanRunner planRunner;
    private final GraphQueries visible;
    private final Authorizer authorizer;

    AuthorizedPlanService(PlanRunner planRunner, GraphQueries visible, Authorizer authorizer) {
        this.planRunner = planRunner;
        this.visible = visible;
        this.authorizer = authorizer;
    }

    @Override
    public Plan plan(DeployRequest request, CallContext call) {
        GraphId graph = request.graph().id();
        return authorizer.inside(() ->
                authorizer.change(call, verb(graph), ResourceRef.of(graph), "plan", () -> planRunner.plan(request)));
    }

    @Override
    public Plan plan(GraphId graph, PlaceRequest request, CallContext call) {
        return authorizer.change(
                call, Verb.OPERATE, ResourceRef.of(graph), "plan", () -> planRunner.plan(graph, request));
    }

    @Override
    public Optional<Plan> find(GraphId graph, String planId, CallContext call) {
        return authorizer.find(call, ResourceRef.of(graph), () -> planRunner.find(graph, planId));
    }

    @Override
    public Change apply(GraphId graph, String planId, CallContext call) {
        return authorizer.inside(() -> {
            Verb verb = planRunner.isPlacement(graph, planId) ? Verb.OPERATE : verb(graph);
            return authorizer.change(
                    call,
                    verb,
                    ResourceRef.of(graph),
                    "apply-plan",
                    () -> planRunner.apply(graph, planId, call.origin()));
        });
    }

    private Verb verb(GraphId graph) {
        return visible.isThere(graph) ? Verb.UPDATE : Verb.CREATE;
    }
}
