// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.contract.shadow;

import eu.nephele.smo.api.model.StrategySelection;
import eu.nephele.smo.api.runtime.CallContext;
import java.util.List;
import java.util.Optional;

/** Runs strategies in the shadow of the live ones. Methods throw {@link eu.nephele.smo.api.runtime.SmoException}. */
public interface ShadowService {

    /**
     * Lets a strategy decide along from now on; lasts over restarts until it is ended.
     *
     * @param selection an id is required
     * @throws eu.nephele.smo.api.runtime.SmoException {@code INVALID} when the strategy is not installed or its parameters are wrong
     */
    Shadow begin(String kind, StrategySelection selection, Shadow.ShadowScope scope, CallContext call);

    List<Shadow> shadows(CallContext call);

    Optional<ShadowReport> report(String id, CallContext call);

    /** @throws eu.nephele.smo.api.runtime.SmoException {@code NOT_FOUND} */
    ShadowReport end(String id, CallContext call);

    /**
     * Makes the shadow the one that decides, for its scope: in the descriptor of the graph (a new revision), or as default of
     * the project or of the configuration. The shadow ends.
     *
     * @return the id of the operation that re-places the graph; empty where it counts from the next decision on
     */
    Optional<String> promote(String id, CallContext call);
}
