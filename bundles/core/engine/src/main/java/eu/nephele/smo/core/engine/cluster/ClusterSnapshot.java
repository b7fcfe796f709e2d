// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.engine.cluster;

import eu.nephele.smo.api.model.ClusterId;
import eu.nephele.smo.api.model.ClusterState;
import eu.nephele.smo.api.model.GraphId;
import eu.nephele.smo.api.model.Resources;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * The clusters as they were read together.
 *
 * @param states all of them, ready or not
 * @param limits what our graphs may use
 * @param offers the same, with their usage beyond their reservations
 * @param excess that usage, by cluster and graph; only where there is any
 * @param passing the part of it of pods beyond the requested ones, which are going to end
 * @param sources those that listed their clusters
 * @param known those that have reported our pods there: until then these may look foreign
 */
record ClusterSnapshot(
        Map<ClusterId, ClusterState> states,
        Map<ClusterId, Resources> limits,
        Map<ClusterId, Resources> offers,
        Map<ClusterId, Map<GraphId, Resources>> excess,
        Map<ClusterId, Map<GraphId, Resources>> passing,
        Set<String> sources,
        Set<String> known) {

    static final ClusterSnapshot NOTHING =
            new ClusterSnapshot(Map.of(), Map.of(), Map.of(), Map.of(), Map.of(), Set.of(), Set.of());

    /** The same, and nothing is known of our pods. */
    ClusterSnapshot unknown() {
        return new ClusterSnapshot(states, limits, offers, excess, passing, sources, Set.of());
    }

    /** Sources that have listed their clusters and not reported our pods there. */
    Set<String> silent() {
        Set<String> silent = new TreeSet<>(sources);
        silent.removeAll(known);
        return silent;
    }

    /** Returns the offered resources of a cluster, without the use of other graphs there beyond their reservations. */
    Resources offeredTo(GraphId graph, ClusterId cluster) {
        Resources ofOthers = Resources.NONE;
        for (Map.Entry<GraphId, Resources> taken :
                excess.getOrDefault(cluster, Map.of()).entrySet()) {
            if (!taken.getKey().equals(graph)) {
                ofOthers = ofOthers.plus(taken.getValue());
            }
        }
        return offers.getOrDefault(cluster, Resources.NONE).minusFloored(ofOthers);
    }

    /** The same without the lasting excess of the graph itself, which frees no capacity. */
    Resources roomFor(GraphId graph, ClusterId cluster) {
        Resources lasting = amount(excess, graph, cluster).minusFloored(amount(passing, graph, cluster));
        return offeredTo(graph, cluster).minusFloored(lasting);
    }

    private static Resources amount(Map<ClusterId, Map<GraphId, Resources>> amounts, GraphId graph, ClusterId cluster) {
        return amounts.getOrDefault(cluster, Map.of()).getOrDefault(graph, Resources.NONE);
    }
}
