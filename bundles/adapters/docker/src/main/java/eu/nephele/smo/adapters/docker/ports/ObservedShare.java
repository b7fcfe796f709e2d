// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.adapters.docker.ports;

import eu.nephele.smo.adapters.docker.engine.EngineContainer;
import eu.nephele.smo.adapters.docker.model.ContainerRecord;
import eu.nephele.smo.adapters.docker.model.ReplicaView.ReplicaPhase;
import eu.nephele.smo.adapters.docker.server.DockerServer;
import eu.nephele.smo.adapters.docker.server.ReplicaPhases;
import eu.nephele.smo.api.model.Resources;
import eu.nephele.smo.api.port.WorkloadObservation.OnCluster;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntUnaryOperator;

/**
 * A workload on one server in numbers.
 *
 * @param containers its own there, spares included
 */
record ObservedShare(DockerServer server, List<EngineContainer> containers) {

    /**
     * @param desired replicas asked for, by the number that the names say
     * @param newest revision of the workload on any server
     * @param installing whether a revision is on its way there
     */
    OnCluster counted(
            ReplicaPhases phases, IntUnaryOperator desired, Optional<ContainerRecord> newest, boolean installing) {
        List<EngineContainer> replicas = containers.stream()
                .filter(container -> !container.name().isSpare())
                .toList();
        int places = (int) replicas.stream()
                .map(container -> container.name().place())
                .distinct()
                .count();
        int updated = (int) replicas.stream()
                .filter(container -> newest.flatMap(latest -> container.record().filter(latest::runsLike))
                        .isPresent())
                .count();
        int ready = (int) replicas.stream()
                .filter(container -> phases.phase(server, container) == ReplicaPhase.READY)
                .count();
        Resources requested = replicas.stream()
                .flatMap(container -> container.record().stream())
                .map(ContainerRecord::perReplica)
                .reduce(Resources.NONE, Resources::plus)
                .plus(new Resources(0, 0, 0, 0, Map.of(Resources.CONTAINERS, (long) replicas.size())));
        return new OnCluster(
                desired.applyAsInt(places), replicas.size(), updated, ready, ready, !installing, requested);
    }
}
