// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.api.port;

import eu.nephele.smo.api.model.ClusterId;
import eu.nephele.smo.api.model.Resources;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/**
 * A workload as it runs.
 *
 * @param workload whose
 * @param byCluster per cluster on which anything of it is
 * @param message what keeps it from being ready, for people; "" when nothing does
 */
public record WorkloadObservation(WorkloadRef workload, Map<ClusterId, OnCluster> byCluster, String message) {

    public WorkloadObservation {
        byCluster = Collections.unmodifiableMap(new TreeMap<>(byCluster));
    }

    /**
     * @param desiredReplicas what the workload asks for there
     * @param readyReplicas what is ready there
     * @param requested sum of the resource requests of its scheduled pods there
     */
    public record OnCluster(int desiredReplicas, int readyReplicas, Resources requested) {}

    /** Ready replicas over all clusters. */
    public int readyReplicas() {
        return byCluster.values().stream().mapToInt(OnCluster::readyReplicas).sum();
    }
}
