// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.pools.containers.rest;

import eu.nephele.smo.api.graph.GraphView;
import eu.nephele.smo.api.runtime.CallContext;
import eu.nephele.smo.api.runtime.SmoException;
import eu.nephele.smo.pools.containers.file.ServiceEntry;
import eu.nephele.smo.pools.containers.pool.PoolFiles;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Steps by hand. */
final class ContainerActions {

    private static final int MOST_CONFLICTS = 5;
    private static final int TURNS = 64;

    private final PoolReading pool;
    private final PoolFiles files;
    private final Clock clock;

    /** A step goes from the number that the one before has set; services that share one wait for each other. */
    private final List<Object> turns = Stream.generate(Object::new).limit(TURNS).toList();

    ContainerActions(PoolReading pool, PoolFiles files, Clock clock) {
        this.pool = pool;
        this.files = files;
        this.clock = clock;
    }

    /** What came of an action, in words. */
    record ActionResult(boolean success, String message) {}

    /**
     * One replica more or less, whatever the thresholds say; strategies go on from there after the next cycle.
     *
     * @param step 1 or -1
     * @param dryRun whether nothing is changed
     */
    ActionResult scale(ServiceEntry service, int step, boolean dryRun, CallContext call) {
        synchronized (turns.get(Math.floorMod(service.name().hashCode(), TURNS))) {
            return step(service, step, dryRun, call);
        }
    }

    private ActionResult step(ServiceEntry service, int step, boolean dryRun, CallContext call) {
        Optional<GraphView> graph = pool.graph(service.name(), call);
        if (graph.isEmpty()) {
            return new ActionResult(false, "%s is not deployed yet".formatted(service.name()));
        }
        if (graph.get().item().paused()) {
            return new ActionResult(false, "%s is paused".formatted(service.name()));
        }
        Optional<Integer> repeated = files.repeated(service.name(), call);
        if (repeated.isPresent()) {
            return new ActionResult(true, "Scaling to %d".formatted(repeated.get()));
        }
        int from = Math.min(
                service.replicas().max(),
                files.awaitedReplicas(service.name(), call)
                        .orElseGet(() -> PoolReading.wanted(graph.get(), clock.instant())));
        int to = from + step;
        if (to > service.replicas().max()) {
            return new ActionResult(
                    false,
                    "Already at max_replicas %d".formatted(service.replicas().max()));
        }
        if (to < service.replicas().min()) {
            return new ActionResult(
                    false,
                    "Already at min_replicas %d".formatted(service.replicas().min()));
        }
        if (dryRun) {
            return new ActionResult(true, "Would scale from %d to %d".formatted(from, to));
        }
        try {
            take(service, to, call);
            return new ActionResult(true, "Scaling from %d to %d".formatted(from, to));
        } catch (SmoException no) {
            if (no.kind() == SmoException.Kind.INVALID || no.kind() == SmoException.Kind.CONFLICT) {
                return new ActionResult(false, no.getMessage());
            }
            throw no;
        }
    }

    /** In the name of the server: whoever may operate a service need not be one who may change the pool. */
    private void take(ServiceEntry service, int replicas, CallContext call) {
        CallContext internal =
                call.origin().idempotency().map(CallContext.INTERNAL::with).orElse(CallContext.INTERNAL);
        for (int attempt = 1; ; attempt++) {
            try {
                files.scale(service.name(), replicas, clock.instant(), internal);
                return;
            } catch (SmoException changed) {
                // somebody else has changed the pool meanwhile
                if (changed.kind() != SmoException.Kind.CONFLICT || attempt == MOST_CONFLICTS) {
                    throw changed;
                }
            }
        }
    }
}
