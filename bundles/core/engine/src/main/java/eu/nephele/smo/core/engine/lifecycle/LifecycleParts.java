// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.engine.lifecycle;

import eu.nephele.smo.api.graph.GraphService;
import eu.nephele.smo.api.graph.PlanService;
import eu.nephele.smo.core.engine.cluster.ClusterParts;
import eu.nephele.smo.core.engine.context.EngineContext;
import eu.nephele.smo.core.engine.context.Memory;
import eu.nephele.smo.core.engine.context.Rooms;
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
        Memory memory = context.memory();
        Rooms rooms = context.rooms();
        ArtifactTypes artifactTypes =
                new ArtifactTypes(cluster.ports(), cluster.board(), memory.graphs(), graph.graphs());
        Lifecycle lifecycle = new Lifecycle(
                memory.graphs(),
                memory.revisions(),
                rooms.reader(),
                graph.views(),
                graph.graphs(),
                new VisibleGraphs(memory.graphs(), memory.revisions(), graph.views()),
                cluster.board(),
                operation.operations(),
                operation.repeats(),
                graph.declarations(),
                new Removals(memory.graphs(), context::wake, context.settings().removalWait()),
                artifactTypes,
                new Changes(
                        memory.graphs(),
                        graph.graphs(),
                        graph.views(),
                        operation.operations(),
                        operation.repeats(),
                        graph.happenings(),
                        context.admission(),
                        context::changed,
                        context.clock()),
                context::changed,
                context.clock());
        Planner planner = new Planner(
                memory.graphs(),
                memory.plans(),
                rooms.reader(),
                graph.graphs(),
                cluster.board(),
                graph.declarations(),
                decision.designs(),
                proposal.proposer(),
                decision.decisions(),
                new Takeovers(cluster.ports(), rollout.requests()),
                rooms.journal(),
                lifecycle,
                artifactTypes,
                operation.repeats(),
                context.settings().planValidity(),
                context.clock());
        return new LifecycleParts(lifecycle, planner);
    }
}
