// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.engine.proposal;

import eu.nephele.smo.core.engine.cluster.ClusterParts;
import eu.nephele.smo.core.engine.context.EngineContext;
import eu.nephele.smo.core.engine.context.EngineSettings;
import eu.nephele.smo.core.engine.context.Rooms;

/** What asks the strategies, put together. */
public record ProposalParts(
        Problems problems, Effective effective, Proposer proposer, Automation automation, MoveBudget budget) {

    public static ProposalParts of(EngineContext context, ClusterParts cluster) {
        EngineSettings settings = context.settings();
        Rooms rooms = context.rooms();
        Problems problems = new Problems(cluster.board(), new Surroundings(cluster.ports(), context.clock()));
        Effective effective = new Effective(settings.scaling());
        MoveBudget budget = new MoveBudget(context.clock());
        return new ProposalParts(
                problems,
                effective,
                new Proposer(cluster.board(), problems, effective, rooms.translator(), rooms.placement()),
                new Automation(
                        cluster.board(),
                        budget,
                        settings.failoverGrace(),
                        settings.replacementInterval(),
                        context.clock()),
                budget);
    }
}
