// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.access.rest.cluster;

import eu.nephele.smo.api.model.ClusterId;
import eu.nephele.smo.api.model.ClusterSignals;
import eu.nephele.smo.api.model.ClusterState;
import eu.nephele.smo.api.model.Resources;
import eu.nephele.smo.api.port.AdapterException;
import eu.nephele.smo.api.port.ClusterRegistry;
import eu.nephele.smo.api.port.NetworkFabric;
import eu.nephele.smo.api.port.NetworkFabric.ClusterNetwork;
import eu.nephele.smo.api.port.SignalSource;
import eu.nephele.smo.api.runtime.CallContext;
import eu.nephele.smo.api.runtime.ResourceRef;
import eu.nephele.smo.core.contract.access.Authorizer;
import eu.nephele.smo.core.contract.store.CapacityStore;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** All clusters of all sources as one list. */
public final class ClusterOverview {

    private static final Logger log = LoggerFactory.getLogger(ClusterOverview.class);

    private final Supplier<List<ClusterRegistry>> registries;
    private final Supplier<Optional<SignalSource>> signals;
    private final Supplier<Optional<NetworkFabric>> fabric;
    private final CapacityStore capacity;
    private final Authorizer authorizer;
    private volatile Named last = new Named(List.of(), new ClusterNames(List.of()));

    public ClusterOverview(
            Supplier<List<ClusterRegistry>> registries,
            Supplier<Optional<SignalSource>> signals,
            Supplier<Optional<NetworkFabric>> fabric,
            CapacityStore capacity,
            Authorizer authorizer) {
        this.registries = registries;
        this.signals = signals;
        this.fabric = fabric;
        this.capacity = capacity;
        this.authorizer = authorizer;
    }

    /** Clusters in name order; messages of sources that could not be read. */
    public record Listing(List<ClusterEntry> clusters, List<String> unknown) {}

    /**
     * @param name unique name for people
     * @param state as its source reported it
     * @param reserved what our graphs have reserved there
     * @param network addresses of its pods and services, as far as they are known
     */
    public record ClusterEntry(
            String name,
            ClusterState state,
            Resources reserved,
            ClusterSignals signals,
            Optional<ClusterNetwork> network) {

        /** Allocatable less the larger of allocated and reserved. Unscheduled pods and those of others count. */
        public Resources available() {
            return state.allocatable().minusFloored(state.allocated().max(reserved));
        }
    }

    /** A source that knows nothing yet is skipped and named; fails when no source knows anything. */
    public Listing overview(CallContext call) {
        List<AdapterException> failures = new ArrayList<>();
        List<ClusterState> states = states(failures);
        if (states.isEmpty() && !failures.isEmpty()) {
            throw failures.get(0);
        }
        List<ClusterId> ids = states.stream().map(ClusterState::id).toList();
        ClusterNames names = new ClusterNames(ids);
        Map<ClusterId, Resources> reserved = capacity.reserved();
        Map<ClusterId, ClusterSignals> known = known(ids);
        Map<ClusterId, ClusterNetwork> networks = networks();
        List<ClusterEntry> clusters = authorizer.seen(call, state -> ResourceRef.of(state.id()), states).stream()
                .map(state -> new ClusterEntry(
                        names.get(state.id()),
                        state,
                        reserved.getOrDefault(state.id(), Resources.NONE),
                        known.getOrDefault(state.id(), ClusterSignals.UNKNOWN),
                        Optional.ofNullable(networks.get(state.id()))))
                .toList();
        return new Listing(
                clusters,
                failures.stream()
                        .map(failure -> failure.system() + ": " + failure.getMessage())
                        .toList());
    }

    /** Without unavailable sources. */
    public ClusterNames names() {
        return names(List.of());
    }

    public ClusterNames names(Collection<ClusterId> others) {
        List<AdapterException> failures = new ArrayList<>();
        if (registries.get().isEmpty()) {
            failures.add(new AdapterException(
                    AdapterException.Kind.UNAVAILABLE,
                    "clusters",
                    "No cluster source is available (0 ClusterRegistry services). Is an adapter for clusters"
                            + " started?"));
        }
        List<ClusterId> known = Stream.concat(states(failures).stream().map(ClusterState::id), others.stream())
                .toList();
        return failures.isEmpty()
                ? named(known)
                : new ClusterNames(
                        known.stream().distinct().toList(), failures.stream().findFirst());
    }

    /** Cached, because it is needed for each graph shown and hardly ever changes. */
    private ClusterNames named(List<ClusterId> known) {
        Named before = last;
        if (before.known().equals(known)) {
            return before.names();
        }
        Named now = new Named(known, new ClusterNames(known.stream().distinct().toList()));
        last = now;
        return now.names();
    }

    private record Named(List<ClusterId> known, ClusterNames names) {}

    private Map<ClusterId, ClusterSignals> known(List<ClusterId> ids) {
        try {
            return signals.get().map(source -> source.signals(ids)).orElse(Map.of());
        } catch (RuntimeException defect) {
            // Carbon and prices are optional: clusters are shown without them.
            log.warn("reading cluster signals failed", defect);
            return Map.of();
        }
    }

    private Map<ClusterId, ClusterNetwork> networks() {
        try {
            List<ClusterNetwork> told =
                    fabric.get().map(NetworkFabric::networks).orElse(List.of());
            return told.stream()
                    .collect(Collectors.toMap(ClusterNetwork::cluster, Function.identity(), (first, again) -> first));
        } catch (AdapterException away) {
            return Map.of();
        } catch (RuntimeException defect) {
            // Addresses are optional, too.
            log.warn("reading cluster networks failed", defect);
            return Map.of();
        }
    }

    private List<ClusterState> states(List<AdapterException> failures) {
        List<ClusterState> states = new ArrayList<>();
        for (ClusterRegistry registry : registries.get()) {
            try {
                states.addAll(registry.clusters());
            } catch (AdapterException unknown) {
                failures.add(unknown);
            } catch (RuntimeException defect) {
                // One defective adapter must not hide the clusters of the others.
                log.warn(
                        "reading clusters failed registry={}",
                        registry.getClass().getName(),
                        defect);
                failures.add(new AdapterException(
                        AdapterException.Kind.REFUSED,
                        registry.getClass().getSimpleName(),
                        "failed unexpectedly; see the log",
                        defect));
            }
        }
        states.sort(Comparator.comparing(ClusterState::id));
        return states;
    }
}
