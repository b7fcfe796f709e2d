// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.adapters.karmada.read;

import java.util.Optional;
import java.util.Set;

/**
 * Network of a cluster as its Cluster object reports it.
 *
 * @param podCidr from an annotation, else ""
 * @param serviceCidr from an annotation, else ""
 * @param multiCluster its kinds of {@code multicluster.x-k8s.io/v1alpha1}; empty if it reports no kinds
 */
public record ObservedNetwork(String podCidr, String serviceCidr, Optional<Set<String>> multiCluster) {

    public boolean hasAddresses() {
        return !podCidr.isEmpty() || !serviceCidr.isEmpty();
    }

    /** Returns whether it reports other kinds but not this one. */
    public boolean lacks(String kind) {
        return multiCluster.filter(kinds -> !kinds.contains(kind)).isPresent();
    }
}
