// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.contract.store;

import eu.nephele.smo.api.model.Condition;
import eu.nephele.smo.api.model.Placement;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What is known of a graph without its descriptor: what lists over all projects show.
 *
 * @param outline what the lists of a project show
 * @param services number of its services
 * @param placement where they are, as decided; empty before the first decision
 * @param decidedAt when that was decided
 * @param conditions aspects of its state
 */
public record GraphFacts(
        GraphOutline outline,
        int services,
        Placement placement,
        Optional<Instant> decidedAt,
        List<Condition> conditions) {

    public GraphFacts {
        conditions = List.copyOf(conditions);
    }

    /** The same of a graph that was read as a whole. */
    public static GraphFacts from(GraphRecord graph) {
        return new GraphFacts(
                GraphOutline.from(graph),
                graph.desired().declaration().services().size(),
                graph.decided().map(DecidedGraph::placement).orElse(Placement.NONE),
                graph.decided().map(DecidedGraph::decidedAt),
                graph.observed().conditions());
    }
}
