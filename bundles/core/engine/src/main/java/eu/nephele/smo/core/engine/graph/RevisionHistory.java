// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.engine.graph;

import eu.nephele.smo.api.graph.Revision;
import eu.nephele.smo.api.model.Graph;
import eu.nephele.smo.api.model.GraphId;
import eu.nephele.smo.core.contract.descriptor.DescriptorReader;
import eu.nephele.smo.core.contract.store.RevisionStore;
import java.util.List;
import java.util.Optional;

/** Former revisions of graphs. */
public final class RevisionHistory {

    private final RevisionStore store;
    private final DescriptorReader reader;

    public RevisionHistory(RevisionStore store, DescriptorReader reader) {
        this.store = store;
        this.reader = reader;
    }

    public Optional<Revision> find(GraphId graph, long number) {
        return store.find(graph, number);
    }

    /** Newest first. */
    public List<Revision> list(GraphId graph) {
        return store.list(graph);
    }

    public Graph restore(Revision revision) {
        return reader.restore(revision.graph().project(), revision.descriptor());
    }
}
