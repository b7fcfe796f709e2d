// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.adapters.karmada.federation;

import eu.nephele.smo.adapters.karmada.link.ApiServerProbe;
import eu.nephele.smo.adapters.karmada.link.ResourceCache;
import eu.nephele.smo.adapters.karmada.read.ObservedCluster;
import eu.nephele.smo.adapters.karmada.work.CoalescingListeners;
import eu.nephele.smo.api.model.ArtifactTypeLabels;
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

/** The member clusters of a Karmada, from its Cluster objects. All of them are reached through its control plane. */
final class KarmadaClusters implements ClusterRegistry, SignalSource {

    private final String source;
    private final String connection;
    private final ResourceCache<?, ObservedCluster> resourceCache;
    private final ApiServerProbe apiServerProbe;
    private final MemberProbes probes;
    private final CoalescingListeners<String> listeners;
    private final Clock clock;

    KarmadaClusters(
            String source,
            String connection,
            ResourceCache<?, ObservedCluster> resourceCache,
            ApiServerProbe apiServerProbe,
            MemberProbes probes,
            CoalescingListeners<String> listeners,
            Clock clock) {
        this.source = source;
        this.connection = connection;
        this.resourceCache = resourceCache;
        this.apiServerProbe = apiServerProbe;
        this.probes = probes;
        this.listeners = listeners;
        this.clock = clock;
    }

    @Override
    public List<ClusterState> clusters() {
        if (!resourceCache.isComplete()) {
            throw new AdapterException(
                    AdapterException.Kind.UNAVAILABLE,
                    source,
                    "List clusters: Karmada has not reported them yet; it is polled continuously; "
                            + resourceCache
                                    .failure()
                                    .map(AdapterException::getMessage)
                                    .orElse("no answer so far"));
        }
        Instant at = clock.instant().minus(age());
        return resourceCache.kept().values().stream()
                .map(seen -> state(seen, at))
                .sorted(Comparator.comparing(ClusterState::id))
                .toList();
    }

    private Duration age() {
        return resourceCache.failingFor().orElse(apiServerProbe.isSilent() ? apiServerProbe.age() : Duration.ZERO);
    }

    /** The state of a silent member is that of its last answer; its capacity then must not be used. */
    private ClusterState state(ObservedCluster seen, Instant told) {
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
                ArtifactTypeLabels.types(seen.labels()),
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
                        resourceCache.kept().get(cluster.name()))
                .map(ObservedCluster::signals)
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
