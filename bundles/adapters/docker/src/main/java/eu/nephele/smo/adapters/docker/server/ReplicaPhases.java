// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.adapters.docker.server;

import eu.nephele.smo.adapters.docker.engine.EngineContainer;
import eu.nephele.smo.adapters.docker.model.ContainerRecord;
import eu.nephele.smo.adapters.docker.model.ContainerSpec;
import eu.nephele.smo.adapters.docker.model.ContainerSpec.Health;
import eu.nephele.smo.adapters.docker.model.ReplicaView.ReplicaPhase;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** How containers are: by their probes, or where they have none by what the engine says once they run steadily. */
public final class ReplicaPhases {

    private static final long STEADY_NANOS = Duration.ofSeconds(2).toNanos();

    private final SpecCache specs;
    private final HealthProbes probes;

    /** When containers were first seen running, by id; {@link #retain} forgets the others. */
    private final Map<String, Long> runningSince = new ConcurrentHashMap<>();

    public ReplicaPhases(SpecCache specs, HealthProbes probes) {
        this.specs = specs;
        this.probes = probes;
    }

    /** Empty where nobody knows how the container is meant to run. */
    public Optional<ContainerSpec> spec(EngineContainer container) {
        return container.record().flatMap(specs::spec);
    }

    /** Empty if the values were spoiled. */
    public Optional<ContainerSpec> spec(ContainerRecord record) {
        return specs.spec(record);
    }

    /** Also begins to probe the container if it shall be probed. */
    public ReplicaPhase phase(DockerServer server, EngineContainer container) {
        if (!container.isRunning()) {
            runningSince.remove(container.id());
            probes.forget(container.id());
            return ReplicaPhase.STOPPED;
        }
        runningSince.putIfAbsent(container.id(), System.nanoTime());
        Optional<Health> health = spec(container).flatMap(ContainerSpec::health);
        return health.map(asked -> probed(server, container, asked)).orElseGet(() -> byEngine(server, container));
    }

    private ReplicaPhase probed(DockerServer server, EngineContainer container, Health health) {
        Optional<Integer> port = port(server, container, health.port());
        String host = server.settings().host();
        // asked for each container again and again: an address is made only for a new one
        port.filter(number -> !probes.asks(container.id(), host, number, health))
                .ifPresent(number -> probes.ensure(
                        container.id(),
                        URI.create("http://%s:%d%s".formatted(host, number, health.path())),
                        health,
                        server.ranBefore(container.id())));
        return probes.phase(container.id()).orElse(ReplicaPhase.STARTING);
    }

    private ReplicaPhase byEngine(DockerServer server, EngineContainer container) {
        if (container.status().contains("(unhealthy)")) {
            return ReplicaPhase.UNHEALTHY;
        }
        return container.isWellForItsEngine() && isSteady(server, container)
                ? ReplicaPhase.READY
                : ReplicaPhase.STARTING;
    }

    private boolean isSteady(DockerServer server, EngineContainer container) {
        Long since = runningSince.get(container.id());
        return server.ranBefore(container.id()) || (since != null && System.nanoTime() - since >= STEADY_NANOS);
    }

    /**
     * The host by which requests may be sent to it; empty while they may not. Where that of a server was changed it is the former one until
     * the container was asked by the new one.
     */
    public Optional<String> servingHost(DockerServer server, EngineContainer container) {
        boolean ready = phase(server, container) == ReplicaPhase.READY;
        Optional<String> probed = container.isRunning() ? probes.servingHost(container.id()) : Optional.empty();
        return ready ? probed.or(() -> Optional.of(server.settings().host())) : probed;
    }

    /** Port of the server behind which this port of the container is. */
    public static Optional<Integer> port(DockerServer server, EngineContainer container, int port) {
        return server.settings().sharesItsNetwork() ? Optional.of(port) : container.hostPort(port);
    }

    /** Forgets all others. */
    public void retain(Set<String> ids) {
        runningSince.keySet().retainAll(ids);
        probes.retain(ids);
    }
}
