// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.contract.store;

import eu.nephele.smo.api.graph.DeployRequest.StrategyOverride;
import eu.nephele.smo.api.graph.PlaceRequest;
import eu.nephele.smo.api.graph.Plan;
import eu.nephele.smo.api.model.JsonValue.JsonObject;
import java.time.Instant;
import java.util.Optional;

/** Keeps plans until they are applied or expire. */
public interface PlanStore {

    /** @throws eu.nephele.smo.api.runtime.SmoException {@code OVER_QUOTA} when the project of its graph may not have one more */
    void insert(PlanRecord plan);

    Optional<PlanRecord> find(String id);

    /** @return how many went */
    long prune(Instant expiredBefore);

    /**
     * A plan and its inputs.
     *
     * @param descriptor new descriptor, for {@code DEPLOY} and {@code UPDATE}
     * @param request requested placement, for {@code PLACE}
     * @param basis number of the desired state ({@link Desired#revision}) and of the assignment that it starts from; ""
     *     for a new graph
     */
    record PlanRecord(
            Plan plan,
            Optional<JsonObject> descriptor,
            StrategyOverride override,
            Optional<PlaceRequest> request,
            String basis) {}
}
