// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.engine.cluster;

import eu.nephele.smo.api.model.ClusterId;
import eu.nephele.smo.api.model.ClusterState;
import eu.nephele.smo.api.model.GraphId;
import eu.nephele.smo.api.model.Resources;
import java.time.Clock;
import java.util.Collections;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * Reads clusters and our pods together. Foreign load of a cluster is what is allocated there beyond our own pods; its
 * limit is allocatable less foreign load less the usage of our pods beyond their reservations. Pods of a source that
 * has not reported them before and after the clusters may count as foreign: their apparent load is not kept until it
 * has. Polls come one after the other.
 */
final class ClusterObserver {

    private final AdapterPorts ports;
    private final OwnPodUsage use;
    private final Clock clock;
    private final ForeignLoad foreign = new ForeignLoad();
    /** Begins anew with each start and takeover, because all sources have to report our pods again. Sources. */
    private final Set<String> known = new HashSet<>();

    ClusterObserver(AdapterPorts ports, OwnPodUsage use, Clock clock) {
        this.ports = ports;
        this.use = use;
        this.clock = clock;
    }

    void begin() {
        known.clear();
    }

    /** Returns the present clusters, without limits. */
    ClusterSnapshot watch() {
        return new ClusterSnapshot(
                Collections.unmodifiableMap(clusters()),
                Map.of(),
                Map.of(),
                Map.of(),
                Map.of(),
                ports.answering(),
                Set.of());
    }

    ClusterSnapshot poll(ClusterSnapshot last) {
        foreign.forget(cluster -> !known.contains(cluster.source()));
        Set<GraphId> concerned = use.poll();
        Map<ClusterId, Resources> before = use.totals();
        Map<ClusterId, ClusterState> states = clusters();
        if (returned(last, states)) {
            // while it was unavailable, some sources did not report our pods there, and would take them for foreign
            // ones
            use.stirAll();
            concerned = use.poll();
            before = use.totals();
            states = clusters();
        }
        Set<String> told = new HashSet<>(tellers());
        use.lookAgain(concerned);
        told.retainAll(tellers());
        Map<ClusterId, Resources> after = use.totals();

        Map<ClusterId, Resources> limits = new TreeMap<>();
        for (ClusterState state : states.values()) {
            ClusterId id = state.id();
            Resources others = foreign.estimate(
                    state, before.getOrDefault(id, Resources.NONE), after.getOrDefault(id, Resources.NONE));
            limits.put(id, state.allocatable().minusFloored(others).minusFloored(use.excessOn(id)));
        }
        foreign.record(clock.instant(), states, after);
        Map<ClusterId, Resources> offers = new TreeMap<>();
        states.forEach((id, state) -> offers.put(id, state.allocatable().minusFloored(foreign.on(id))));
        known.addAll(told);
        return new ClusterSnapshot(
                Collections.unmodifiableMap(states),
                limits,
                offers,
                use.excess(),
                use.passing(),
                ports.answering(),
                Set.copyOf(known));
    }

    /** Sources that have reported our pods in this poll; without any, all that answer. */
    private Set<String> tellers() {
        return use.isNothing() ? ports.answering() : use.sources();
    }

    private Map<ClusterId, ClusterState> clusters() {
        Map<ClusterId, ClusterState> states = new TreeMap<>();
        ports.clusters().forEach(state -> states.put(state.id(), state));
        return states;
    }

    /** Returns whether a known cluster is ready that was not at the last poll. */
    private static boolean returned(ClusterSnapshot last, Map<ClusterId, ClusterState> states) {
        return states.values().stream().filter(ClusterState::ready).anyMatch(state -> Optional.ofNullable(
                        last.states().get(state.id()))
                .filter(known -> !known.ready())
                .isPresent());
    }
}
