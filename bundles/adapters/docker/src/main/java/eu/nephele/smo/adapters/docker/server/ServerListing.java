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
        return new ServerListing(containers, byWorkload, facts, used(containers, byWorkload, limitsOfOthers), at);
    }

    public List<EngineContainer> containersOf(WorkloadRef workload) {
        return byWorkload.getOrDefault(workload, List.of());
    }

    public Set<WorkloadRef> workloads() {
        return byWorkload.keySet();
    }

    /** Containers that take a place: those that run, whose ever they are, and replicas of ours that shall. */
    public int placesTaken() {
        return (int) containers.stream()
                .filter(container -> takesAPlace(container, byWorkload))
                .count();
    }

    private static boolean takesAPlace(EngineContainer container, Map<WorkloadRef, List<EngineContainer>> byWorkload) {
        return container.isRunning()
                || (container.record().isPresent()
                        && !container.name().isSpare()
                        && !isTakenOver(container, byWorkload));
    }

    /** Whether another one of its place runs: the two never run at once, or the limit was kept when the other began. */
    private static boolean isTakenOver(EngineContainer stopped, Map<WorkloadRef, List<EngineContainer>> byWorkload) {
        return stopped
                .record()
                .map(record -> byWorkload.getOrDefault(record.workload(), List.of()))
                .orElse(List.of())
                .stream()
                .anyMatch(other -> other.isRunning()
                        && other.name().place().equals(stopped.name().place()));
    }

    private static Resources used(
            List<EngineContainer> containers,
            Map<WorkloadRef, List<EngineContainer>> byWorkload,
            Resources limitsOfOthers) {
        List<EngineContainer> taking = containers.stream()
                .filter(container -> takesAPlace(container, byWorkload))
                .toList();
        Resources ours = taking.stream()
                .flatMap(container -> container.record().stream())
                .map(ContainerRecord::perReplica)
                .reduce(Resources.NONE, Resources::plus);
        Resources places = new Resources(0, 0, 0, 0, Map.of(Resources.CONTAINERS, (long) taking.size()));
        return ours.plus(limitsOfOthers).plus(places);
    }
}
