// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.engine.lifecycle;

import eu.nephele.smo.api.graph.GraphService;
import eu.nephele.smo.api.graph.PlanService;
import eu.nephele.smo.core.contract.access.Doorkeeper;
import eu.nephele.smo.core.engine.cluster.Federation;
import eu.nephele.smo.core.engine.context.EngineContext;
import eu.nephele.smo.core.engine.decision.DecisionMaking;
import eu.nephele.smo.core.engine.decision.Designs;
import eu.nephele.smo.core.engine.graph.GraphRegister;
import eu.nephele.smo.core.engine.operation.Operations;
import eu.nephele.smo.core.engine.rollout.ReleaseRequests;

/** The doors through which graphs are changed. */
public record GraphDoors(GraphService graphs, PlanService plans) {

    public static GraphDoors of(
            EngineContext context,
            GraphRegister register,
            Operations operations,
            Federation federation,
            DecisionMaking decision,
            ReleaseRequests requests,
            Doorkeeper keeper) {
        ArtifactTypes artifactTypes = new ArtifactTypes(federation.ports(), federation.board(), register.graphs());
        Changes changes = new Changes(
                register.graphs(),
                register.views(),
                operations,
                register.happenings(),
                context.admission(),
                context.queue(),
                context.clock());
        VisibleGraphs visible = new VisibleGraphs(register.graphs(), register.revisions(), register.views());
        Lifecycle lifecycle = new Lifecycle(
                register.graphs(),
                visible,
                federation.board(),
                register.declarations(),
                new Removals(
                        register.graphs(), context.queue(), context.settings().removalWait()),
                artifactTypes,
                changes);
        Forecast forecast = new Forecast(
                register.graphs(),
                federation.board(),
                decision.proposer(),
                decision.decisions(),
                new Designs(register.revisions()),
                new Takeovers(federation.ports(), requests),
                context.rooms().journal());
        Planner planner = new Planner(
                context.memory().plans(),
                new Drafts(register.graphs(), register.declarations(), federation.board(), artifactTypes),
                forecast,
                lifecycle,
                changes,
                context.settings().planValidity(),
                context.clock());
        return new GraphDoors(new GraphDoor(lifecycle, visible, keeper), new PlanDoor(planner, visible, keeper));
    }
}
