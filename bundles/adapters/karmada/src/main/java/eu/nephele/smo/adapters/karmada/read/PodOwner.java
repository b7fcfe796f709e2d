// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.adapters.karmada.read;

import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;

/**
 * Whose a pod is.
 *
 * @param workload the workload that controls it; empty: none
 * @param release {@code namespace/name} of the release that it belongs to by its label, "" for none
 */
public record PodOwner(Optional<WorkloadId> workload, String release) {

    /** {@code namespace/name} of the workloads that it may concern: the one that controls it, and the one its release is named after. */
    public Set<String> concerned() {
        Set<String> paths = new TreeSet<>();
        workload.map(WorkloadId::path).ifPresent(paths::add);
        workload.filter(any -> !release.isEmpty()).ifPresent(any -> paths.add(release));
        return paths;
    }

    /**
     * Returns whether it is left of a service that was removed, or of what its release had beside it.
     *
     * @param service {@code namespace/name} of its workload and its release
     * @param stays whether a workload is there, or may be: its pods are not left over
     */
    public boolean isLeftOf(String service, Predicate<WorkloadId> stays) {
        return workload.filter(it -> it.path().equals(service) || release.equals(service))
                .filter(it -> !stays.test(it))
                .isPresent();
    }
}
