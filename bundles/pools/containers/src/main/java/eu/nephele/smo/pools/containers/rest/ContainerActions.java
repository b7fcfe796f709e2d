// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.pools.containers.rest;

import eu.nephele.smo.api.graph.GraphService;
import eu.nephele.smo.api.graph.GraphView;
import eu.nephele.smo.api.graph.ReplicaHold;
import eu.nephele.smo.api.graph.ServiceView;
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
    private final GraphService graphs;
    private final PoolRights rights;
    private final Clock clock;

    /** Of services by their names; two may share one. */
    private final List<Object> turns = Stream.generate(Object::new).limit(TURNS).toList();

    ContainerActions(PoolReading pool, PoolFiles files, GraphService graphs, PoolRights rights, Clock clock) {
        this.pool = pool;
        this.files = files;
        this.graphs = graphs;
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
        if (!dryRun && !rights.mayScale(pool.id(service.name()), call)) {
            // refused there, and the refusal is in the audit
            hold(graph.get(), service, call);
        }
        rights.requireScaling(pool.id(service.name()), call);
        if (graph.get().item().paused()) {
            return new ActionResult(false, "%s is paused".formatted(service.name()));
        }
        Optional<Integer> repeated = files.repeated(service.name(), call);
        if (repeated.isPresent()) {
            return new ActionResult(true, "Scaling to %d".formatted(repeated.get()));
        }
        int from = Math.min(service.replicas().max(), present(service, graph.get(), call));
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
            // in the name of the caller, for its rights and the audit: what is held stays held
            hold(graph.get(), service, call);
            take(service, to, call);
            return new ActionResult(true, "Scaling from %d to %d".formatted(from, to));
        } catch (SmoException no) {
            if (no.kind() == SmoException.Kind.INVALID || no.kind() == SmoException.Kind.CONFLICT) {
                return new ActionResult(false, no.getMessage());
            }
            throw no;
        }
    }

    /** The graph as it is once the core is known to have the number: before, it may be without it. */
    private int present(ServiceEntry service, GraphView before, CallContext call) {
        return files.awaitedReplicas(service.name(), call)
                .orElseGet(() ->
                        PoolReading.wanted(pool.graph(service.name(), call).orElse(before), clock.instant()));
    }

    private void hold(GraphView graph, ServiceEntry service, CallContext call) {
        graphs.hold(graph.graph().id(), service.name(), held(graph, service), call.withoutKey());
    }

    /** Within bounds that are new: the core takes no other. */
    private static Optional<ReplicaHold> held(GraphView graph, ServiceEntry service) {
        return graph.services().stream()
                .map(ServiceView::hold)
                .flatMap(Optional::stream)
                .findFirst()
                .map(hold -> new ReplicaHold(
                        Math.max(
                                service.replicas().min(),
                                Math.min(service.replicas().max(), hold.replicas())),
                        hold.until()));
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
