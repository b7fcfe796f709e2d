// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.api.graph;

import eu.nephele.smo.api.model.GraphId;
import eu.nephele.smo.api.runtime.CallContext;
import eu.nephele.smo.api.runtime.SmoException;
import java.util.Optional;
import org.osgi.annotation.versioning.ProviderType;

/** Says what a change would do, and does exactly that later. Methods throw {@link SmoException}. */
@ProviderType
public interface PlanService {

    /** Plans the deployment of a new graph, or the update of a graph that is there. */
    Plan plan(DeployRequest request, CallContext call);

    /** @throws SmoException as {@link GraphService#place} */
    Plan plan(GraphId graph, PlaceRequest request, CallContext call);

    Optional<Plan> find(GraphId graph, String planId, CallContext call);

    /**
     * Applies a plan: exactly its placement and steps.
     *
     * @throws SmoException {@code NOT_FOUND}; {@code CONFLICT} when the graph or the world has changed since, so that the plan
     *     would come out differently now
     */
    Change apply(GraphId graph, String planId, CallContext call);
}
