// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.adapters.docker.control;

import eu.nephele.smo.adapters.docker.engine.EngineContainer;
import eu.nephele.smo.adapters.docker.model.ContainerName;
import eu.nephele.smo.adapters.docker.model.ContainerRecord;
import eu.nephele.smo.adapters.docker.server.DockerServer;
import eu.nephele.smo.api.model.ClusterId;
import eu.nephele.smo.api.port.WorkloadRef;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;

/**
 * What the servers of one workload share while its replicas are replaced: how many are at once, and whether it gets
 * anywhere. A server has what others leave. What nobody has planned in this process is read from names: after a crash
 * nothing is replaced twice.
 */
final class RolloutBudget {

    private final ServerFleet fleet;
    private final WorkloadRef workload;

    /** By server that looked after the workload in this process; of those that are configured only. */
    private final Map<ClusterId, RolloutUse> uses = new HashMap<>();

    private long movedNanos = System.nanoTime();
    private Optional<GivenUp> givenUp = Optional.empty();

    RolloutBudget(ServerFleet fleet, WorkloadRef workload) {
        this.fleet = fleet;
        this.workload = workload;
    }

    /**
     * What one server has of the limits.
     *
     * @param replacing replicas beyond the places that they have
     * @param missing of those wanted
     */
    record RolloutUse(int replacing, int missing) {}

    /** A plan, and what its server has of the limits while it is carried out. */
    record PlannedUse<T>(T plan, RolloutUse use) {}

    private record GivenUp(String subject, long assignment) {}

    /**
     * Plans for one server at a time, so that two never take the same.
     *
     * @param own what is in use there now
     * @param limits over all servers
     * @param planner makes a plan with what this server may have at most
     */
    synchronized <T> T plan(
            ClusterId server,
            RolloutUse own,
            RolloutUse limits,
            BiFunction<RolloutUse, RolloutUse, PlannedUse<T>> planner) {
        uses.keySet().removeIf(id -> fleet.present(id).isEmpty());
        uses.put(server, own);
        int replacing = limits.replacing();
        int missing = limits.missing();
        for (DockerServer other : fleet.servers()) {
            if (!other.id().equals(server)) {
                RolloutUse use = use(other, limits);
                replacing -= use.replacing();
                missing -= use.missing();
            }
        }
        PlannedUse<T> planned =
                planner.apply(own, new RolloutUse(Math.max(own.replacing(), replacing), Math.max(0, missing)));
        uses.put(server, planned.use());
        return planned.plan();
    }

    /** What was planned there was not carried out, or nothing is there any more: the names tell what is in use. */
    synchronized void released(DockerServer server) {
        uses.computeIfPresent(server.id(), (id, use) -> named(server, use));
    }

    /** One that is away keeps the others from nothing, one that is not known yet from all. */
    private RolloutUse use(DockerServer server, RolloutUse limits) {
        if (server.isUnknown()) {
            return limits;
        }
        if (!server.isReady()) {
            return new RolloutUse(0, 0);
        }
        return Optional.ofNullable(uses.get(server.id())).orElseGet(() -> named(server, limits));
    }

    private RolloutUse named(DockerServer server, RolloutUse limits) {
        Optional<String> owner = fleet.owner(workload);
        List<ContainerName> names = server.last().map(seen -> seen.containersOf(workload)).orElse(List.of()).stream()
                .filter(container -> owner.equals(container.record().map(ContainerRecord::owner)))
                .map(EngineContainer::name)
                .filter(name -> !name.isSpare())
                .toList();
        int places = (int) names.stream().map(name -> name.place()).distinct().count();
        // nobody knows yet which of them are well
        return new RolloutUse(names.size() - places, names.isEmpty() ? 0 : limits.missing());
    }

    /** One more replica of the newest revision is ready somewhere. */
    synchronized void moved() {
        movedNanos = System.nanoTime();
    }

    synchronized boolean isStuck(Duration longest) {
        return System.nanoTime() - movedNanos >= longest.toNanos();
    }

    /** @param assignment of the decision for which it was tried */
    synchronized void giveUp(String subject, long assignment) {
        givenUp = Optional.of(new GivenUp(subject, assignment));
    }

    /** Whether this revision was given up on some server, and nobody asked for it again since. */
    synchronized boolean isGivenUp(String subject, long assignment) {
        return givenUp.filter(it -> it.subject().equals(subject) && assignment <= it.assignment())
                .isPresent();
    }
}
