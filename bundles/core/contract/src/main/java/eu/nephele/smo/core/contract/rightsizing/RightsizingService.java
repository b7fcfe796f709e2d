// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.contract.rightsizing;

import eu.nephele.smo.api.graph.Plan;
import eu.nephele.smo.api.model.GraphId;
import eu.nephele.smo.api.model.JsonValue.JsonObject;
import eu.nephele.smo.api.runtime.CallContext;
import java.util.Map;

/** What the services of a graph ask for against what they use. A proposal changes nothing until it is planned and applied. */
public interface RightsizingService {

    /**
     * Proposes classes of {@code compute} from the metrics of the past: for each service the use, the classes, saving and risk, or why
     * there is no proposal.
     *
     * @throws eu.nephele.smo.api.runtime.SmoException {@code NOT_FOUND}; {@code UNAVAILABLE}: there is no metrics source
     * @throws eu.nephele.smo.api.port.AdapterException the metrics source does not answer
     */
    JsonObject propose(GraphId graph, CallContext call);

    /**
     * Plans the update of the graph to confirmed classes. The plan is applied as each other plan.
     *
     * @param confirmed by service, as they were proposed
     * @throws eu.nephele.smo.api.runtime.SmoException {@code NOT_FOUND}; {@code INVALID}: a service is not of the graph, or nothing is
     *     confirmed; {@code CONFLICT}: the proposal is another one by now; {@code UNAVAILABLE}: there is no metrics source
     */
    Plan plan(GraphId graph, Map<String, ConfirmedClasses> confirmed, CallContext call);
}
