// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.rightsizing;

import java.util.List;
import java.util.Optional;

/**
 * What is proposed for a resource of a service.
 *
 * @param present request of one replica, in cores or bytes
 * @param proposed empty: it stays as it is
 * @param use of one replica
 * @param need what a replica needs by that, margin included
 * @param replicas mean of the time
 * @param reason why, or why not
 * @param risks of the proposal, in words
 */
record ResourceAdvice(
        ComputeResource resource,
        double present,
        Optional<ResourceClass> proposed,
        ObservedUse use,
        double need,
        double replicas,
        DataQuality quality,
        String reason,
        List<String> risks) {

    ResourceAdvice {
        risks = List.copyOf(risks);
    }

    /** Of all replicas, in cores or bytes; negative where more is asked for. */
    double saving() {
        return proposed.map(each -> (present - each.amount()) * replicas).orElse(0.0);
    }
}
