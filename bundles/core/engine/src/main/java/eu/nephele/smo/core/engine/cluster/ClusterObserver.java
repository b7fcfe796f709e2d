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
 * Reads clusters and our pods together. Foreign load of a cluster is what is allocated there beyond our own pods; its limit is
 * allocatable less foreign load less what our pods take beyond their reservations. Pods of a source that has not told of them before
 * and after the clusters may count as those of others: what they seem to be is not kept until it has. Looks come one after the other.
 */
final class ClusterObserver {

    private final AdapterPorts ports;
    private final OwnPodUsage use;
    private final Clock clock;
    private final ForeignLoad foreign = new ForeignLoad();
    /** Begins anew with each start and takeover, because who has not told of our pods by then is waited for. Sources. */
    private final Set<String> known = new HashSet<>();

    ClusterObserver(AdapterPorts ports, OwnPodUsage use, Clock clock) {
        this.ports = ports;
        this.use = use;
        this.clock = clock;
    }

    /** Nothing is known any more of who has told of our pods. */
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

    /**
     * Reads the clusters, and the workloads of which there is news before and after them.
     *
     * @param last as they were seen last
     */
    ClusterSnapshot poll(ClusterSnapshot last) {
        foreign.forget(cluster -> !known.contains(cluster.source()));
        Set<GraphId> concerned = use.poll();
        Map<ClusterId, Resources> before = use.totals();
        Map<ClusterId, ClusterState> states = clusters();
        if (returned(last, states)) {
            // while it was away, some sources told nothing of our pods there, and would else take them for somebody
            // else's
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

    /** Those that have told of our pods in this look; where there are none, all that answer have. */
    private Set<String> tellers() {
        return use.isNothing() ? ports.answering() : use.sources();
    }

    private Map<ClusterId, ClusterState> clusters() {
        Map<ClusterId, ClusterState> states = new TreeMap<>();
        ports.clusters().forEach(state -> states.put(state.id(), state));
        return states;
    }

    /** Returns whether a cluster is ready that was known and was not when it was looked last. */
    private static boolean returned(ClusterSnapshot last, Map<ClusterId, ClusterState> states) {
        return states.values().stream().filter(ClusterState::ready).anyMatch(state -> Optional.ofNullable(
                        last.states().get(state.id()))
                .filter(known -> !known.ready())
                .isPresent());
    }
}
