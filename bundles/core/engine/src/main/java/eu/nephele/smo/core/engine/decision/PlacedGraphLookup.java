// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.engine.decision;

import eu.nephele.smo.api.model.DesiredState;
import eu.nephele.smo.api.model.GraphId;
import eu.nephele.smo.api.model.Placement;
import eu.nephele.smo.core.contract.decision.PlacedGraphs;
import eu.nephele.smo.core.contract.store.DecidedGraph;
import eu.nephele.smo.core.contract.store.GraphRecord;
import eu.nephele.smo.core.engine.graph.GraphRepository;
import java.util.Optional;

/** Where running graphs are, by the store. */
record PlacedGraphLookup(GraphRepository graphs) implements PlacedGraphs {

    @Override
    public Optional<Placement> placement(GraphId graph) {
        return graphs.find(graph).map(PlacedGraphLookup::placement);
    }

    private static Placement placement(GraphRecord record) {
        return record.desired().state() == DesiredState.RUNNING
                ? record.decided().map(DecidedGraph::placement).orElse(Placement.NONE)
                : Placement.NONE;
    }
}
