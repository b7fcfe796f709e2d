// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.adapters.karmada.read;

import eu.nephele.smo.api.port.StepKey;
import java.util.Map;

/**
 * Reduced labels and annotations of a workload: those of Helm, ours, and those of Karmada.
 *
 * @param release Helm release that made it, "" for none
 * @param workload our mark, "" for none
 * @param key our mark of the last step, "" for none
 * @param revision our mark of the pods that copies of it have, "" for none
 * @param judged whether a sibling service waits for it
 * @param clusterPolicy the ClusterPropagationPolicy that has claimed it, "" for none
 * @param policy the PropagationPolicy that has claimed it, "" for none
 */
public record ObservedLabels(
        String release,
        String workload,
        String key,
        String revision,
        boolean judged,
        String clusterPolicy,
        String policy) {

    // labels before Karmada 1.11, annotations since
    private static final String POLICY = "propagationpolicy.karmada.io/name";
    private static final String CLUSTER_POLICY = "clusterpropagationpolicy.karmada.io/name";

    static ObservedLabels create(Map<String, String> labels, Map<String, String> annotations) {
        return new ObservedLabels(
                OwnershipLabels.HELM.equals(labels.get(OwnershipLabels.MANAGED_BY))
                        ? annotations.getOrDefault(OwnershipLabels.RELEASE, "")
                        : "",
                annotations.getOrDefault(OwnershipLabels.WORKLOAD, ""),
                annotations.getOrDefault(OwnershipLabels.KEY, ""),
                annotations.getOrDefault(OwnershipLabels.REVISION, ""),
                !annotations.getOrDefault(OwnershipLabels.JUDGED, "").equals("false"),
                labels.getOrDefault(CLUSTER_POLICY, annotations.getOrDefault(CLUSTER_POLICY, "")),
                labels.getOrDefault(POLICY, annotations.getOrDefault(POLICY, "")));
    }

    /** Returns whether our marks are already those of this step and these pods. */
    public boolean are(StepKey key, String revision) {
        return workload.equals(key.workload().toString())
                && this.key.equals(key.toString())
                && this.revision.equals(revision);
    }

    /** Returns whether the policy of this name may claim it: no other policy has. */
    public boolean areFreeFor(String name) {
        return clusterPolicy.isEmpty() && (policy.isEmpty() || policy.equals(name));
    }
}
