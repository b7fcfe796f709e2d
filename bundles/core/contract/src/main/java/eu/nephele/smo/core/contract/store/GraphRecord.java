// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.contract.store;

import eu.nephele.smo.api.model.GraphId;
import java.util.Optional;

/**
 * Everything stored about one graph.
 *
 * @param desired what the user wants; written by the API
 * @param decided what was decided last; written in the decision's transaction
 * @param observed what was seen last; written by the owner of the graph
 */
public record GraphRecord(Desired desired, Optional<DecidedGraph> decided, ObservedGraph observed) {

    public GraphId id() {
        return desired.id();
    }
}
