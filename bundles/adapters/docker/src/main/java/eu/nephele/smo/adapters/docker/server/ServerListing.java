// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.adapters.docker.server;

import eu.nephele.smo.adapters.docker.engine.EngineContainer;
import eu.nephele.smo.adapters.docker.engine.EngineFacts;
import eu.nephele.smo.adapters.docker.model.ContainerRecord;
import eu.nephele.smo.api.model.Resources;
import eu.nephele.smo.api.port.WorkloadRef;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A server as it was listed.
 *
 * @param containers all of them
 * @param byWorkload those of installations of the SMO
 * @param facts of the engine
 * @param used what all that takes a place may use, as far as it is limited
 * @param at when
 */
public record ServerListing(
        List<EngineContainer> containers,
        Map<WorkloadRef, List<EngineContainer>> byWorkload,
        EngineFacts facts,
        Resources used,
        Instant at) {

    public ServerListing {
        containers = List.copyOf(containers);
        byWorkload = Map.copyOf(byWorkload);
    }

    static ServerListing arranged(
            List<EngineContainer> containers, EngineFacts facts, Resources limitsOfOthers, Instant at) {
        Map<WorkloadRef, List<EngineContainer>> byWorkload = new HashMap<>();
        for (EngineContainer container : containers) {
            container.record().ifPresent(record -> byWorkload
                    .computeIfAbsent(record.workload(), any -> new ArrayList<>())
                    .add(container));
        }
        byWorkload.replaceAll((workload, its) -> List.copyOf(its));
        return new ServerListing(containers, byWorkload, facts, used(containers, limitsOfOthers), at);
    }

    public List<EngineContainer> containersOf(WorkloadRef workload) {
        return byWorkload.getOrDefault(workload, List.of());
    }

    public Set<WorkloadRef> workloads() {
        return byWorkload.keySet();
    }

    /** Containers that take a place: those that run, whose ever they are, and replicas of ours that shall. */
    public int placesTaken() {
        return (int) containers.stream().filter(this::takesAPlace).count();
    }

    private boolean takesAPlace(EngineContainer container) {
        return container.isRunning()
                || (container.record().isPresent() && !container.name().isSpare() && !isTakenOver(container));
    }

    /** Whether another one of its place runs: the two never run at once, or the limit was kept when the other began. */
    private boolean isTakenOver(EngineContainer stopped) {
        return stopped.record().map(record -> containersOf(record.workload())).orElse(List.of()).stream()
                .anyMatch(other -> other.isRunning()
                        && other.name().place().equals(stopped.name().place()));
    }

    private static Resources used(List<EngineContainer> containers, Resources limitsOfOthers) {
        Resources ours = containers.stream()
                .filter(this::takesAPlace)
                .flatMap(container -> container.record().stream())
                .map(ContainerRecord::perReplica)
                .reduce(Resources.NONE, Resources::plus);
        long taken = containers.stream().filter(ServerListing::takesAPlace).count();
        Resources places = new Resources(0, 0, 0, 0, Map.of(Resources.CONTAINERS, taken));
        return ours.plus(limitsOfOthers).plus(places);
    }
}
