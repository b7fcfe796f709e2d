// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.engine.scaling;

import eu.nephele.smo.core.engine.cluster.ClusterParts;
import eu.nephele.smo.core.engine.context.EngineContext;
import eu.nephele.smo.core.engine.context.EngineSettings;
import eu.nephele.smo.core.engine.context.Rooms;
import eu.nephele.smo.core.engine.graph.GraphParts;
import eu.nephele.smo.core.engine.proposal.ProposalParts;

/** What decides replicas, put together. */
public record ScalingParts(ScalingSchedule schedule, ScalingPlans plans, ScalingPass pass) {

    public static ScalingParts of(
            EngineContext context, GraphParts graph, ClusterParts cluster, ProposalParts proposal) {
        EngineSettings.Scaling settings = context.settings().scaling();
        Rooms rooms = context.rooms();
        ScalingSchedule schedule = new ScalingSchedule(settings.interval());
        ScalingPlans plans = new ScalingPlans();
        ScalingPass pass = new ScalingPass(
                context.memory().graphs(),
                graph.graphs(),
                cluster.board(),
                proposal.problems(),
                new Demand(cluster.ports(), rooms.scaling(), proposal.effective(), settings),
                rooms.scaling(),
                rooms.journal(),
                context.clock(),
                context::wake,
                context.queue()::exclusively,
                schedule,
                plans,
                proposal.automation(),
                graph.happenings());
        return new ScalingParts(schedule, plans, pass);
    }
}
