// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.contract.decision;

import eu.nephele.smo.api.model.GraphId;
import eu.nephele.smo.api.scaling.ServiceLoad;
import java.util.List;

/** Present and expected demand of whole graphs. */
@FunctionalInterface
public interface DemandOutlook {

    /** Nothing is known. */
    DemandOutlook NONE = (graph, forecaster) -> List.of();

    /** The services of a graph, with the forecasts of this forecaster as far as there are any. */
    List<ServiceLoad> of(GraphId graph, String forecaster);
}
