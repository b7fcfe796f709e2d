// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.adapters.karmada.read;

import eu.nephele.smo.api.model.Resources;
import eu.nephele.smo.api.port.WorkloadRef;
import java.util.Map;

/**
 * What is kept of a Deployment or StatefulSet.
 *
 * @param kind {@code Deployment} or {@code StatefulSet}
 * @param uid its identity
 * @param desired replicas it asks for
 * @param replicas pods that exist
 * @param ready pods that are ready
 * @param perReplica what one pod asks for
 * @param release Helm release that made it, "" for none
 * @param workload our mark, "" for none
 * @param key our mark of the last step, "" for none
 * @param selector labels of its pods
 * @param clusterPolicy the ClusterPropagationPolicy that has claimed it, "" for none
 * @param trouble what its conditions complain of, "" for nothing
 */
public record WorkloadSeen(
        String kind,
        String namespace,
        String name,
        String uid,
        int desired,
        int replicas,
        int ready,
        Resources perReplica,
        String release,
        String workload,
        String key,
        Map<String, String> selector,
        String clusterPolicy,
        String trouble) {

    /** Whether the service's release has made it, or we have marked it: another object may have the same name. */
    public boolean isOf(WorkloadRef ref) {
        return name.equals(ref.service())
                && namespace.equals(ref.graph().project())
                && (release.equals(ref.service()) || workload.equals(ref.toString()));
    }
}
