// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.engine.scaling;

import eu.nephele.smo.core.engine.cluster.ClusterParts;
import eu.nephele.smo.core.engine.context.EngineContext;
import eu.nephele.smo.core.engine.context.EngineSettings;
import eu.nephele.smo.core.engine.context.Rooms;
import eu.nephele.smo.core.engine.graph.GraphParts;
import eu.nephele.smo.core.engine.proposal.ProposalParts;

/** What decides replicas, put together. */
public record ScalingParts(ScalingPlans plans, ScalingPass pass) {

    public static ScalingParts of(
            EngineContext context, GraphParts graph, ClusterParts cluster, ProposalParts proposal) {
        EngineSettings.Scaling settings = context.settings().scaling();
        Rooms rooms = context.rooms();
        ScalingPlans plans = new ScalingPlans(new ScalingSchedule(settings.interval()), context.clock());
        ReplicaChanges changes = new ReplicaChanges(
                graph.graphs(),
                new ReplicaCommit(graph.graphs(), cluster.board(), graph.happenings(), context.clock()),
                rooms.journal(),
                context.queue(),
                plans,
                proposal.automation());
        ScalingPass pass = new ScalingPass(
                plans,
                cluster.board(),
                proposal.problems(),
                new Demand(cluster.ports(), rooms.scaling(), proposal.effective(), settings, context.clock()),
                rooms.scaling(),
                changes);
        return new ScalingParts(plans, pass);
    }
}
