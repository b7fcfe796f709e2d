// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.pools.containers.pool;

import eu.nephele.smo.api.graph.GraphService;
import eu.nephele.smo.api.graph.GraphView;
import eu.nephele.smo.api.graph.ReplicaHold;
import eu.nephele.smo.api.graph.ServiceView;
import eu.nephele.smo.api.model.GraphPhase;
import eu.nephele.smo.api.model.Placement.Share;
import eu.nephele.smo.api.runtime.CallContext;
import eu.nephele.smo.api.runtime.SmoException;
import eu.nephele.smo.pools.containers.file.ContainersFile;
import eu.nephele.smo.pools.containers.file.ServiceEntry;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** Tells the core the numbers of replicas that persons asked for, and gives services that have them back to their strategies. */
final class ManualScaling {

    private static final Duration SHORTEST = Duration.ofSeconds(10);

    private final GraphService graphs;
    private final ContainersFile file;
    private final Instant now;

    ManualScaling(GraphService graphs, ContainersFile file, Instant now) {
        this.graphs = graphs;
        this.file = file;
        this.now = now;
    }

    /**
     * Does what is to be done now for one service.
     *
     * @param graph of the service
     * @param before what the last pass saw
     * @param seen gets whether the core knows the number
     */
    void ensure(ServiceEntry service, ManualScale number, GraphView graph, PoolStatus before, PoolStatus seen) {
        int within =
                Math.max(service.replicas().min(), Math.min(service.replicas().max(), number.replicas()));
        if (!before.hasHeld(service.name(), number)) {
            if (!number.isOver(now)) {
                hold(service, number, number.hold(within), graph, seen);
            }
            return;
        }
        seen.held(service.name(), number);
        Optional<ReplicaHold> hold = held(graph).filter(number::isHeldBy);
        if (hold.isEmpty()) {
            return;
        }
        seen.unsettled(service.name());
        if (hold.get().replicas() != within) {
            hold(service, number, number.hold(within), graph, seen);
        } else if (isTakenOver(graph, within) && !now.isBefore(number.at().plus(cycles()))) {
            graphs.hold(graph.graph().id(), service.name(), Optional.empty(), CallContext.INTERNAL);
        }
    }

    private void hold(ServiceEntry service, ManualScale number, ReplicaHold hold, GraphView graph, PoolStatus seen) {
        try {
            graphs.hold(graph.graph().id(), service.name(), Optional.of(hold), CallContext.INTERNAL);
            seen.held(service.name(), number);
            seen.unsettled(service.name());
        } catch (SmoException no) {
            // bounds of the file that the core has not taken over yet
            seen.notHeld(service.name(), no);
        }
    }

    private static boolean isTakenOver(GraphView graph, int replicas) {
        return graph.phase() == GraphPhase.RUNNING
                && graph.services().stream()
                                .flatMap(service -> service.shares().stream())
                                .mapToInt(Share::replicas)
                                .sum()
                        == replicas;
    }

    private static Optional<ReplicaHold> held(GraphView graph) {
        return graph.services().stream()
                .map(ServiceView::hold)
                .flatMap(Optional::stream)
                .findFirst();
    }

    /** A strategy has looked at the service meanwhile. */
    private Duration cycles() {
        Duration cycles = file.autoscaler().checkInterval().multipliedBy(2);
        return cycles.compareTo(SHORTEST) < 0 ? SHORTEST : cycles;
    }
}
