// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.contract.fleet;

import eu.nephele.smo.api.model.JsonValue.JsonObject;
import eu.nephele.smo.api.runtime.CallContext;
import java.util.List;
import java.util.Optional;

/**
 * Plans that place many graphs again together, under a budget of moves. A plan changes nothing until it is applied; one that asks
 * what would be if the world were different is never applied.
 */
public interface FleetService {

    /**
     * Makes a plan and keeps it.
     *
     * @throws eu.nephele.smo.api.runtime.SmoException {@code NOT_FOUND}: a named graph does not run; {@code INVALID}: a strategy, an
     *     objective or a cluster is not known; {@code UNAVAILABLE}: another plan is made now, or the clusters are not known
     */
    JsonObject plan(FleetRequest request, CallContext call);

    /**
     * Says what would be in another world, in the form of a plan that is not kept. It takes a second unless the request names a budget,
     * and whoever may see all graphs may ask.
     *
     * @throws eu.nephele.smo.api.runtime.SmoException as {@link #plan}; {@code INVALID} also for a request about the present world
     */
    JsonObject whatIf(FleetRequest request, CallContext call);

    /** The kept plans in short, the newest first: id, state, origin, times, moves, cost before and after. */
    List<JsonObject> list(CallContext call);

    /** A kept plan with the progress of its steps. */
    Optional<JsonObject> find(String id, CallContext call);

    /**
     * Begins to carry out a plan, step by step, each when it fits beside what is there.
     *
     * @throws eu.nephele.smo.api.runtime.SmoException {@code NOT_FOUND}: the plan is not kept; {@code CONFLICT}: it is stale, or
     *     was applied before; {@code INVALID}: it only asks what would be. Nothing is applied then
     */
    JsonObject apply(String id, CallContext call);

    /**
     * Forgets a plan; steps of it that have begun are finished, further ones do not begin.
     *
     * @return whether it was kept
     */
    boolean forget(String id, CallContext call);
}
