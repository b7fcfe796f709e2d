// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.engine.decision;

import eu.nephele.smo.api.model.Graph;
import eu.nephele.smo.core.contract.store.GraphRecord;
import eu.nephele.smo.core.engine.graph.RevisionHistory;
import java.util.Optional;

/** Reads the deployed state: the descriptor with which a graph ran last, at the places decided last. */
public final class DeployedState {

    private final RevisionHistory revisions;

    public DeployedState(RevisionHistory revisions) {
        this.revisions = revisions;
    }

    public Optional<DeployedGraph> present(GraphRecord record, Graph graph) {
        return record.decided().map(decided -> DeployedGraph.of(running(record, graph), decided));
    }

    private Graph running(GraphRecord record, Graph graph) {
        long good = record.observed().goodRevision();
        if (good == 0 || good == record.desired().declaration().revision()) {
            return graph;
        }
        return revisions.find(record.id(), good).map(revisions::restore).orElse(graph);
    }
}
