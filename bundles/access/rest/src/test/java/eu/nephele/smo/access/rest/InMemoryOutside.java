// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.access.rest;

import eu.nephele.smo.api.model.ClusterId;
import eu.nephele.smo.api.model.ClusterSignals;
import eu.nephele.smo.api.model.ClusterState;
import eu.nephele.smo.api.model.EnergyProfile;
import eu.nephele.smo.api.model.Resources;
import eu.nephele.smo.api.port.AdapterException;
import eu.nephele.smo.api.port.ArtifactRepository;
import eu.nephele.smo.api.port.ClusterRegistry;
import eu.nephele.smo.api.port.InfrastructureProvider;
import eu.nephele.smo.api.port.NetworkFabric;
import eu.nephele.smo.api.port.SignalSource;
import eu.nephele.smo.api.port.StepKey;
import eu.nephele.smo.api.port.Subscription;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Supplier;

/** Adapters that come and go as a test wants. */
final class InMemoryOutside extends OutsideServices {

    static final long GIB = 1L << 30;

    final List<ClusterRegistry> registries = new ArrayList<>(List.of(registry("sim", "c1", "c2")));
    Optional<ArtifactRepository> artifacts = Optional.empty();
    final Map<String, InfrastructureProvider> providers = new TreeMap<>();
    Optional<NetworkFabric> fabric = Optional.empty();
    boolean signalsAreDefective;

    @Override
    public List<ClusterRegistry> registries() {
        return List.copyOf(registries);
    }

    @Override
    public Optional<SignalSource> signals() {
        return Optional.of(new SignalSource() {
            @Override
            public Map<ClusterId, ClusterSignals> signals(Collection<ClusterId> clusters) {
                if (signalsAreDefective) {
                    throw new IllegalStateException("a defect of the source of signals");
                }
                return Map.of(
                        InMemoryGraphs.C1,
                        new ClusterSignals(
                                OptionalDouble.of(120), OptionalDouble.empty(), OptionalDouble.empty(), List.of()));
            }

            @Override
            public Map<ClusterId, Map<ClusterId, Double>> latencyMillis(Collection<ClusterId> clusters) {
                return Map.of();
            }
        });
    }

    @Override
    public Optional<NetworkFabric> fabric() {
        return fabric;
    }

    @Override
    public Optional<ArtifactRepository> artifacts() {
        return artifacts;
    }

    /** Makes nothing reachable and knows some addresses. */
    static NetworkFabric fabric(Supplier<List<NetworkFabric.ClusterNetwork>> networks) {
        return new NetworkFabric() {
            @Override
            public void ensureReachable(
                    StepKey key, Collection<ClusterId> exportedFrom, Collection<ClusterId> importedBy) {
                throw new UnsupportedOperationException();
            }

            @Override
            public void remove(StepKey key) {
                throw new UnsupportedOperationException();
            }

            @Override
            public List<ClusterNetwork> networks() {
                return networks.get();
            }
        };
    }

    /** Clusters of 12 cores, 48 GiB, with a flag for accelerators on the first. */
    static ClusterRegistry registry(String source, String... names) {
        return new Registry(() -> {
            List<ClusterState> states = new ArrayList<>();
            for (String name : names) {
                long gpus = states.isEmpty() ? Resources.UNLIMITED : 0;
                states.add(new ClusterState(
                        new ClusterId(source, name),
                        true,
                        new Resources(12_000, 48 * GIB, 10 * GIB, gpus),
                        new Resources(1_000, 0, 0, 0),
                        "",
                        Map.of("zone", "a"),
                        EnergyProfile.UNKNOWN,
                        Set.of(),
                        Instant.parse("2026-11-01T00:00:00Z")));
            }
            return states;
        });
    }

    static ClusterRegistry unreachable(String system) {
        return new Registry(() -> {
            throw new AdapterException(AdapterException.Kind.UNAVAILABLE, system, "cannot be reached");
        });
    }

    static ClusterRegistry defective() {
        return new Registry(() -> {
            throw new IllegalStateException("a defect of the adapter");
        });
    }

    private record Registry(Supplier<List<ClusterState>> states) implements ClusterRegistry {

        @Override
        public List<ClusterState> clusters() {
            return states.get();
        }

        @Override
        public Subscription subscribe(Runnable onChange) {
            return () -> {};
        }
    }
}
