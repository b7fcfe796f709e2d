// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.engine.cluster;

import eu.nephele.smo.api.model.ClusterId;
import eu.nephele.smo.api.model.GraphId;
import eu.nephele.smo.api.model.Resources;
import eu.nephele.smo.api.port.WorkloadObservation.OnCluster;
import java.util.HashMap;
import java.util.Map;

/** What our pods ask for on each cluster, by graph, and the part of those that are going to end. */
record Use(Map<ClusterId, Map<GraphId, Resources>> requested, Map<ClusterId, Map<GraphId, Resources>> passing) {

    static Use empty() {
        return new Use(new HashMap<>(), new HashMap<>());
    }

    void add(ClusterId cluster, GraphId graph, OnCluster there) {
        add(requested, cluster, graph, there.requested());
        add(passing, cluster, graph, passing(there));
    }

    private static void add(
            Map<ClusterId, Map<GraphId, Resources>> to, ClusterId cluster, GraphId graph, Resources amount) {
        to.computeIfAbsent(cluster, any -> new HashMap<>()).merge(graph, amount, Resources::plus);
    }

    /** Pods are taken to be alike. */
    private static Resources passing(OnCluster there) {
        int surplus = there.replicas() - Math.min(there.desiredReplicas(), there.replicas());
        if (there.replicas() == 0) {
            return there.requested();
        }
        Map<String, Long> part = new HashMap<>();
        there.requested()
                .byName()
                .forEach((resource, amount) ->
                        part.put(resource, amount == Resources.UNLIMITED ? 0 : amount / there.replicas() * surplus));
        return Resources.ofNames(part);
    }
}
