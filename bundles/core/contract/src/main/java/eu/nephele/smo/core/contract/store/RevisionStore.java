// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.contract.store;

import eu.nephele.smo.api.graph.Revision;
import eu.nephele.smo.api.model.GraphId;
import java.util.List;
import java.util.Optional;

/** Keeps the descriptors that graphs have and had. They go with their graph. */
public interface RevisionStore {

    Optional<Revision> find(GraphId graph, long number);

    /** Newest first. */
    List<Revision> list(GraphId graph);

    /**
     * Removes the oldest revisions of each graph beyond the number. The present one of a graph, and the one that it would go back
     * to ({@link ObservedGraph#goodRevision}), stay.
     *
     * @return how many went
     */
    long prune(int perGraph);
}
