// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.strategies.intent;

import eu.nephele.smo.api.model.ClusterId;
import eu.nephele.smo.api.model.ClusterSignals;
import eu.nephele.smo.api.model.ClusterState;
import eu.nephele.smo.core.contract.decision.PlacedGraphs;
import java.util.List;
import java.util.Map;
import java.util.function.BiPredicate;
import java.util.stream.Stream;

/** The world that intents are worked out against. */
record ClusterView(List<ClusterState> clusters, Map<ClusterId, ClusterSignals> signals, PlacedGraphs others) {

    ClusterView {
        clusters = List.copyOf(clusters);
        signals = Map.copyOf(signals);
    }

    /** Asks a handler's predicate about each cluster, now. */
    Stream<ClusterState> against(BiPredicate<ClusterState, ClusterSignals> matches) {
        return clusters.stream()
                .filter(cluster -> !matches.test(cluster, signals.getOrDefault(cluster.id(), ClusterSignals.UNKNOWN)));
    }
}
