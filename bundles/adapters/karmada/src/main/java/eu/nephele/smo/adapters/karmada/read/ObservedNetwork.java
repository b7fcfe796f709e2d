// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.adapters.karmada.read;

import java.util.Optional;
import java.util.Set;

/**
 * Network of a cluster as its Cluster object reports it.
 *
 * @param podCidr from an annotation, else ""
 * @param serviceCidr from an annotation, else ""
 * @param multiCluster kinds of {@code multicluster.x-k8s.io/v1alpha1} that it has; empty when it does not say what it has
 */
public record ObservedNetwork(String podCidr, String serviceCidr, Optional<Set<String>> multiCluster) {

    /** Returns whether anybody has told its addresses. */
    public boolean hasAddresses() {
        return !podCidr.isEmpty() || !serviceCidr.isEmpty();
    }

    /** Returns whether it says that it has other kinds but not this one. */
    public boolean lacks(String kind) {
        return multiCluster.filter(kinds -> !kinds.contains(kind)).isPresent();
    }
}
