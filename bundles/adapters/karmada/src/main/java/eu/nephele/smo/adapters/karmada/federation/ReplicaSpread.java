// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.adapters.karmada.federation;

import eu.nephele.smo.api.model.Placement.Share;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Replicas by cluster, in order; clusters without replicas only where none has any. */
record ReplicaSpread(Map<String, Integer> byCluster) {

    static ReplicaSpread from(List<Share> shares) {
        Map<String, Integer> byCluster = new TreeMap<>();
        shares.forEach(share -> byCluster.merge(share.cluster().name(), share.replicas(), Math::max));
        if (byCluster.values().stream().anyMatch(replicas -> replicas > 0)) {
            byCluster.values().removeIf(replicas -> replicas == 0);
        }
        return new ReplicaSpread(byCluster);
    }

    List<String> clusters() {
        return List.copyOf(byCluster.keySet());
    }

    /** Replicas of the workload where each cluster has all of them: the most. */
    int most() {
        return byCluster.values().stream().mapToInt(Integer::intValue).max().orElse(0);
    }

    /** Clusters whose replicas are not the most. */
    Map<String, Integer> different() {
        Map<String, Integer> different = new TreeMap<>(byCluster);
        different.values().removeIf(replicas -> replicas == most());
        return different;
    }
}
