// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.adapters.karmada.federation;

import eu.nephele.smo.adapters.karmada.link.Mirror;
import eu.nephele.smo.adapters.karmada.link.Pulse;
import eu.nephele.smo.adapters.karmada.read.ClusterSeen;
import eu.nephele.smo.adapters.karmada.work.Listeners;
import eu.nephele.smo.api.model.ClusterId;
import eu.nephele.smo.api.model.ClusterSignals;
import eu.nephele.smo.api.model.ClusterState;
import eu.nephele.smo.api.model.Resources;
import eu.nephele.smo.api.port.AdapterException;
import eu.nephele.smo.api.port.ClusterRegistry;
import eu.nephele.smo.api.port.ClusterTarget;
import eu.nephele.smo.api.port.SignalSource;
import eu.nephele.smo.api.port.Subscription;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The member clusters of a Karmada, as its Cluster objects say. All of them are reached through its control plane. */
final class KarmadaClusters implements ClusterRegistry, SignalSource {

    private final String source;
    private final String connection;
    private final Mirror<?, ClusterSeen> mirror;
    private final Pulse pulse;
    private final Probes probes;
    private final Listeners<String> listeners;
    private final Clock clock;

    KarmadaClusters(
            String source,
            String connection,
            Mirror<?, ClusterSeen> mirror,
            Pulse pulse,
            Probes probes,
            Listeners<String> listeners,
            Clock clock) {
        this.source = source;
        this.connection = connection;
        this.mirror = mirror;
        this.pulse = pulse;
        this.probes = probes;
        this.listeners = listeners;
        this.clock = clock;
    }

    @Override
    public List<ClusterState> clusters() {
        if (!mirror.isComplete()) {
            throw new AdapterException(
                    AdapterException.Kind.UNAVAILABLE,
                    source,
                    "List clusters: Karmada has not told them yet, it is asked all the time; "
                            + mirror.failure().map(AdapterException::getMessage).orElse("no answer so far"));
        }
        Instant at = clock.instant().minus(age());
        return mirror.kept().values().stream()
                .map(seen -> state(seen, at))
                .sorted(Comparator.comparing(ClusterState::id))
                .toList();
    }

    private Duration age() {
        return mirror.failingFor().orElse(pulse.isSilent() ? pulse.age() : Duration.ZERO);
    }

    /** A member that is silent is as it was when it answered last; what it had then must not be used. */
    private ClusterState state(ClusterSeen seen, Instant told) {
        Optional<Duration> silence = probes.silence(seen.name());
        boolean ready = seen.ready() && silence.isEmpty();
        Instant at = silence.filter(any -> seen.ready()).map(told::minus).orElse(told);
        return new ClusterState(
                new ClusterId(source, seen.name()),
                ready,
                ready ? seen.allocatable() : Resources.NONE,
                ready ? seen.allocated() : Resources.NONE,
                seen.location(),
                seen.labels(),
                seen.energy(),
                at);
    }

    @Override
    public ClusterTarget target(ClusterId cluster) {
        return new ClusterTarget(cluster, Optional.of(connection));
    }

    @Override
    public Subscription subscribe(Runnable onChange) {
        return listeners.subscribe(any -> onChange.run());
    }

    @Override
    public Map<ClusterId, ClusterSignals> signals(Collection<ClusterId> clusters) {
        Map<ClusterId, ClusterSignals> known = new TreeMap<>();
        clusters.stream().filter(cluster -> cluster.source().equals(source)).forEach(cluster -> Optional.ofNullable(
                        mirror.kept().get(cluster.name()))
                .map(ClusterSeen::signals)
                .filter(signals -> !signals.equals(ClusterSignals.UNKNOWN))
                .ifPresent(signals -> known.put(cluster, signals)));
        return known;
    }

    /** Karmada knows no latencies. */
    @Override
    public Map<ClusterId, Map<ClusterId, Double>> latencyMillis(Collection<ClusterId> clusters) {
        return Map.of();
    }
}
