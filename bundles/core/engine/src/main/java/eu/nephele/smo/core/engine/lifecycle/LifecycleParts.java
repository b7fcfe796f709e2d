// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.engine.lifecycle;

import eu.nephele.smo.api.graph.GraphService;
import eu.nephele.smo.api.graph.PlanService;
import eu.nephele.smo.core.engine.cluster.ClusterParts;
import eu.nephele.smo.core.engine.context.EngineContext;
import eu.nephele.smo.core.engine.decision.DecisionParts;
import eu.nephele.smo.core.engine.graph.GraphParts;
import eu.nephele.smo.core.engine.operation.OperationParts;
import eu.nephele.smo.core.engine.proposal.ProposalParts;
import eu.nephele.smo.core.engine.rollout.RolloutParts;

/** The doors through which graphs are changed, put together. */
public record LifecycleParts(GraphService graphs, PlanService plans) {

    public static LifecycleParts of(
            EngineContext context,
            GraphParts graph,
            OperationParts operation,
            ClusterParts cluster,
            ProposalParts proposal,
            DecisionParts decision,
            RolloutParts rollout) {
        ArtifactTypes artifactTypes = new ArtifactTypes(cluster.ports(), cluster.board(), graph.graphs());
        Changes changes = new Changes(
                graph.graphs(),
                graph.views(),
                operation.operations(),
                graph.happenings(),
                context.admission(),
                context.queue(),
                context.clock());
        Lifecycle lifecycle = new Lifecycle(
                graph.graphs(),
                new VisibleGraphs(graph.graphs(), graph.revisions(), graph.views()),
                cluster.board(),
                graph.declarations(),
                new Removals(graph.graphs(), context.queue(), context.settings().removalWait()),
                artifactTypes,
                changes);
        Forecast forecast = new Forecast(
                graph.graphs(),
                cluster.board(),
                proposal.proposer(),
                decision.decisions(),
                decision.designs(),
                new Takeovers(cluster.ports(), rollout.requests()),
                context.rooms().journal());
        Planner planner = new Planner(
                context.memory().plans(),
                new Drafts(graph.graphs(), graph.declarations(), cluster.board(), artifactTypes),
                forecast,
                lifecycle,
                changes,
                context.settings().planValidity(),
                context.clock());
        return new LifecycleParts(lifecycle, planner);
    }
}
