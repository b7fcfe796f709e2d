// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.pools.containers.rest;

import eu.nephele.smo.api.graph.GraphService;
import eu.nephele.smo.api.graph.GraphView;
import eu.nephele.smo.api.graph.ReplicaHold;
import eu.nephele.smo.api.runtime.CallContext;
import eu.nephele.smo.api.runtime.SmoException;
import eu.nephele.smo.pools.containers.file.ContainersFile;
import eu.nephele.smo.pools.containers.file.ServiceEntry;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Steps by hand. */
final class ContainerActions {

    private static final Duration SHORTEST_HOLD = Duration.ofSeconds(10);
    private static final Duration LONGEST_HOLD = Duration.ofMinutes(5);
    private static final int TURNS = 64;

    private final PoolReading pool;
    private final GraphService graphs;
    private final Clock clock;

    /** A step goes from the number that the one before has set; services that share one wait for each other. */
    private final List<Object> turns = Stream.generate(Object::new).limit(TURNS).toList();

    ContainerActions(PoolReading pool, GraphService graphs, Clock clock) {
        this.pool = pool;
        this.graphs = graphs;
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
    ActionResult scale(ServiceEntry service, int step, boolean dryRun, ContainersFile file, CallContext call) {
        synchronized (turns.get(Math.floorMod(service.name().hashCode(), TURNS))) {
            return step(service, step, dryRun, file, call);
        }
    }

    private ActionResult step(ServiceEntry service, int step, boolean dryRun, ContainersFile file, CallContext call) {
        Optional<GraphView> graph = pool.graph(service.name(), call);
        if (graph.isEmpty()) {
            return new ActionResult(false, "%s is not deployed yet".formatted(service.name()));
        }
        if (graph.get().item().paused()) {
            return new ActionResult(false, "%s is paused".formatted(service.name()));
        }
        int from = PoolReading.wanted(graph.get(), clock.instant());
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
            graphs.hold(
                    graph.get().graph().id(),
                    service.name(),
                    Optional.of(new ReplicaHold(to, Optional.of(clock.instant().plus(hold(file))))),
                    call);
            return new ActionResult(true, "Scaling from %d to %d".formatted(from, to));
        } catch (SmoException no) {
            if (no.kind() == SmoException.Kind.INVALID || no.kind() == SmoException.Kind.CONFLICT) {
                return new ActionResult(false, no.getMessage());
            }
            throw no;
        }
    }

    /** Until the number was taken over; a cycle may just have begun. */
    private static Duration hold(ContainersFile file) {
        Duration cycles = file.autoscaler().checkInterval().multipliedBy(2);
        Duration enough = cycles.compareTo(SHORTEST_HOLD) < 0 ? SHORTEST_HOLD : cycles;
        return enough.compareTo(LONGEST_HOLD) > 0 ? LONGEST_HOLD : enough;
    }
}
