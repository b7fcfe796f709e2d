// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.pools.containers.rest;

import eu.nephele.smo.api.graph.GraphView;
import eu.nephele.smo.api.model.GraphId;
import eu.nephele.smo.api.runtime.CallContext;
import eu.nephele.smo.api.runtime.OperationService;
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
    private final OperationService operations;
    private final PoolRights rights;
    private final Clock clock;

    /** Of services by their names; two may share one. */
    private final List<Object> turns = Stream.generate(Object::new).limit(TURNS).toList();

    ContainerActions(PoolReading pool, PoolFiles files, OperationService operations, PoolRights rights, Clock clock) {
        this.pool = pool;
        this.files = files;
        this.operations = operations;
        this.rights = rights;
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
        // one at a time: a step goes from the number that the one before has set
        synchronized (turns.get(Math.floorMod(service.name().hashCode(), TURNS))) {
            return scaleAlone(service, step, dryRun, call);
        }
    }

    private ActionResult scaleAlone(ServiceEntry service, int step, boolean dryRun, CallContext call) {
        Optional<GraphView> graph = pool.graph(service.name(), call);
        if (graph.isEmpty()) {
            return new ActionResult(false, "%s is not deployed yet".formatted(service.name()));
        }
        GraphId id = pool.id(service.name());
        rights.requireScaling(id, dryRun, call);
        Optional<String> repeated = repeated(service, call);
        if (repeated.isPresent()) {
            // the server may have ended before the outcome of the first one was in the audit
            return dryRun
                    ? new ActionResult(true, repeated.get())
                    : rights.scaled(id, call, () -> new ActionResult(true, repeated.get()));
        }
        int from = Math.min(service.replicas().max(), present(service, graph.get(), call));
        int to = from + step;
        Optional<String> hindrance = hindrance(service, graph.get(), to);
        if (hindrance.isPresent()) {
            if (!dryRun) {
                rights.refusedScaling(id, SmoException.conflict(hindrance.get()), call);
            }
            return new ActionResult(false, hindrance.get());
        }
        if (dryRun) {
            return new ActionResult(true, "Would scale from %d to %d".formatted(from, to));
        }
        try {
            return rights.scaled(id, call, () -> {
                take(service, to, call);
                return new ActionResult(true, "Scaling from %d to %d".formatted(from, to));
            });
        } catch (SmoException no) {
            if (no.kind() == SmoException.Kind.INVALID || no.kind() == SmoException.Kind.CONFLICT) {
                return new ActionResult(false, no.getMessage());
            }
            throw no;
        }
    }

    /** Why nothing is to be done; empty when something is. */
    private static Optional<String> hindrance(ServiceEntry service, GraphView graph, int to) {
        if (graph.item().paused()) {
            return Optional.of("%s is paused".formatted(service.name()));
        }
        if (to > service.replicas().max()) {
            return Optional.of(
                    "Already at max_replicas %d".formatted(service.replicas().max()));
        }
        if (to < service.replicas().min()) {
            return Optional.of(
                    "Already at min_replicas %d".formatted(service.replicas().min()));
        }
        return Optional.empty();
    }

    /** What a request is told that was done when it came first; empty when it is new. */
    private Optional<String> repeated(ServiceEntry service, CallContext call) {
        return files.repeated(service.name(), call)
                .map("Scaling to %d"::formatted)
                .or(() -> operations
                        .repeated(inNameOfServer(call))
                        .map(first -> "This request was accepted before, and others scaled since"));
    }

    /** The graph as it is once the core is known to have the number: before, it may be without it. */
    private int present(ServiceEntry service, GraphView before, CallContext call) {
        return files.awaitedReplicas(service.name(), call)
                .orElseGet(() ->
                        PoolReading.wanted(pool.graph(service.name(), call).orElse(before), clock.instant()));
    }

    /** Whoever may operate a service need not be one who may change the pool. */
    private static CallContext inNameOfServer(CallContext call) {
        return call.origin().idempotency().map(CallContext.INTERNAL::with).orElse(CallContext.INTERNAL);
    }

    private void take(ServiceEntry service, int replicas, CallContext call) {
        CallContext internal = inNameOfServer(call);
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
