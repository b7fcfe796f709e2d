// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.pools.containers.pool;

import eu.nephele.smo.api.model.JsonValue;
import eu.nephele.smo.api.model.JsonValue.JsonObject;
import eu.nephele.smo.api.port.WorkloadContainer;
import eu.nephele.smo.api.runtime.Resource;
import eu.nephele.smo.api.runtime.SmoException;
import eu.nephele.smo.pools.containers.pool.UpdateStatus.UpdatePhase;
import java.util.List;
import java.util.Optional;

/** The updates of one pool, as its resource has them. */
final class PoolUpdates {

    private final Resource pool;
    private final PoolDocument document;

    PoolUpdates(Resource pool) {
        this.pool = pool;
        this.document = PoolDocument.from(pool.desired());
    }

    /** The last update of a service; empty when it never had one. */
    Optional<JsonObject> told(String service, List<WorkloadContainer> containers) {
        return Optional.ofNullable(document.updates().get(service)).map(update -> lastTold(update, service)
                .filter(told -> update.abortedAt().isEmpty() || UpdateStatus.isIn(UpdatePhase.ABORTED, told))
                .orElseGet(() -> UpdateStatus.begun(update, containers)));
    }

    /**
     * The update that is under way, or that is being taken back.
     *
     * @throws SmoException {@code CONFLICT} when there is none
     */
    ServiceUpdate running(String service) {
        return Optional.ofNullable(document.updates().get(service))
                .filter(update -> update.abortedAt().isEmpty() && isUnderWay(update, service))
                .orElseThrow(() -> SmoException.conflict("No update of %s is running%s"
                        .formatted(
                                service,
                                told(service, List.of())
                                        .flatMap(told -> told.get(UpdateStatus.PHASE))
                                        .flatMap(JsonValue::asString)
                                        .map(phase -> "; the last one is " + phase)
                                        .orElse(""))));
    }

    /** What a further update would replace: the one before it, as long as that is not done, brought nothing yet. */
    Optional<ServiceUpdate> unfinished(String service) {
        return Optional.ofNullable(document.updates().get(service))
                .filter(update -> update.abortedAt().isEmpty())
                .filter(update -> isUnderWay(update, service)
                        || lastTold(update, service)
                                .filter(told -> UpdateStatus.isIn(UpdatePhase.FAILED, told))
                                .isPresent());
    }

    private boolean isUnderWay(ServiceUpdate update, String service) {
        return lastTold(update, service)
                .map(told -> UpdateStatus.isIn(UpdatePhase.RUNNING, told))
                .orElse(true);
    }

    /** What was told of this very update; empty before anybody has looked at it. */
    private Optional<JsonObject> lastTold(ServiceUpdate update, String service) {
        return PoolStatus.from(pool.status().observed())
                .update(service)
                .filter(told -> UpdateStatus.isOf(update, told));
    }
}
