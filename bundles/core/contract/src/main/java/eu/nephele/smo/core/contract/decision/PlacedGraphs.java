// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.contract.decision;

import eu.nephele.smo.api.model.GraphId;
import eu.nephele.smo.api.model.Placement;
import java.util.Optional;

/** Where other graphs are, for intents that refer to them. */
@FunctionalInterface
public interface PlacedGraphs {

    /** There are none. */
    PlacedGraphs NONE = graph -> Optional.empty();

    /** @return empty when there is no such graph; no shares where it is not placed, or its charts place it */
    Optional<Placement> placement(GraphId graph);
}
