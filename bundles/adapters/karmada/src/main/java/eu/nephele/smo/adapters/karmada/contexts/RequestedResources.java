// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.adapters.karmada.contexts;

import eu.nephele.smo.adapters.karmada.read.NodeReader.ObservedNode;
import eu.nephele.smo.adapters.karmada.read.PodReader.ObservedPod;
import eu.nephele.smo.api.model.Resources;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;

/** Sum of the requests of pods on one cluster, by {@code namespace/name} and by node. */
record RequestedResources(Map<String, Resources> byWorkload, Map<String, Resources> byNode) {

    /** Label of one node: equal on all nodes of a one-node cluster, and yet no property of the cluster. */
    private static final String HOST = "kubernetes.io/hostname";

    /** Counts pods on nodes only: unscheduled pods use nothing yet. */
    static RequestedResources from(Collection<ObservedPod> pods) {
        Map<String, Resources> byWorkload = new HashMap<>();
        Map<String, Resources> byNode = new HashMap<>();
        for (ObservedPod pod : pods) {
            if (pod.node().isEmpty()) {
                continue;
            }
            byNode.merge(pod.node(), pod.requests(), Resources::plus);
            pod.owner().workload().ifPresent(it -> byWorkload.merge(it.path(), pod.requests(), Resources::plus));
        }
        return new RequestedResources(byWorkload, byNode);
    }

    Resources get(String workload) {
        return byWorkload.getOrDefault(workload, Resources.NONE);
    }

    Resources allocated(Map<String, ObservedNode> nodes) {
        return nodes.keySet().stream().map(this::on).reduce(Resources.NONE, Resources::plus);
    }

    /** A node that takes no new pods counts with the requests on it: it is full, and no load of others is hidden. */
    Resources allocatable(Map<String, ObservedNode> nodes) {
        return nodes.entrySet().stream()
                .map(node -> node.getValue().open() ? node.getValue().allocatable() : on(node.getKey()))
                .reduce(Resources.NONE, Resources::plus);
    }

    /** Labels that all nodes have alike. */
    static Map<String, String> common(Collection<ObservedNode> nodes) {
        Map<String, String> common = new TreeMap<>();
        nodes.stream().findFirst().ifPresent(first -> common.putAll(first.labels()));
        nodes.forEach(node -> common.entrySet().retainAll(node.labels().entrySet()));
        common.remove(HOST);
        return common;
    }

    private Resources on(String node) {
        return byNode.getOrDefault(node, Resources.NONE);
    }
}
