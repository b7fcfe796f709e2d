// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.engine.decision;

import eu.nephele.smo.core.engine.cluster.ClusterParts;
import eu.nephele.smo.core.engine.context.EngineContext;
import eu.nephele.smo.core.engine.graph.GraphParts;
import eu.nephele.smo.core.engine.operation.OperationParts;
import eu.nephele.smo.core.engine.proposal.ProposalParts;

/** What decides and reserves, put together. */
public record DecisionParts(Decisions decisions, Designs designs, Commits commits, Placer placer) {

    public static DecisionParts of(
            EngineContext context,
            GraphParts graph,
            OperationParts operation,
            ClusterParts cluster,
            ProposalParts proposal) {
        Decisions decisions = new Decisions(cluster.board(), proposal.budget(), graph.happenings(), context.clock());
        Designs designs = new Designs(graph.revisions());
        Commits commits = new Commits(graph.graphs(), cluster.board(), designs, operation.operations());
        Placer placer = new Placer(
                commits,
                cluster.board(),
                proposal.proposer(),
                decisions,
                context.rooms().journal(),
                graph.census(),
                operation.operations());
        return new DecisionParts(decisions, designs, commits, placer);
    }
}
