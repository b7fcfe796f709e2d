// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.engine.decision;

import eu.nephele.smo.core.engine.cluster.ClusterParts;
import eu.nephele.smo.core.engine.context.EngineContext;
import eu.nephele.smo.core.engine.context.Memory;
import eu.nephele.smo.core.engine.context.Rooms;
import eu.nephele.smo.core.engine.graph.GraphParts;
import eu.nephele.smo.core.engine.operation.OperationParts;
import eu.nephele.smo.core.engine.proposal.ProposalParts;

/** What decides and reserves, put together. */
public record DecisionParts(Decisions decisions, Designs designs, Placer placer) {

    public static DecisionParts of(
            EngineContext context,
            GraphParts graph,
            OperationParts operation,
            ClusterParts cluster,
            ProposalParts proposal) {
        Memory memory = context.memory();
        Rooms rooms = context.rooms();
        Decisions decisions = new Decisions(cluster.board(), proposal.budget(), graph.happenings(), context.clock());
        Designs designs = new Designs(memory.revisions(), rooms.reader());
        Placer placer = new Placer(
                memory.graphs(),
                cluster.board(),
                proposal.proposer(),
                decisions,
                designs,
                rooms.journal(),
                graph.census(),
                operation.operations(),
                context.clock());
        return new DecisionParts(decisions, designs, placer);
    }
}
