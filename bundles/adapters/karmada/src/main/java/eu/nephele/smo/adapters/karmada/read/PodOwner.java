// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.adapters.karmada.read;

import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;

/**
 * Owner of a pod.
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
     * Returns whether it remains of a removed service, or of a sibling in its release.
     *
     * @param service {@code namespace/name} of its workload and its release
     * @param stays whether a workload exists, or may exist: its pods are not remaining ones
     */
    public boolean isLeftOf(String service, Predicate<WorkloadId> stays) {
        return workload.filter(it -> it.path().equals(service) || release.equals(service))
                .filter(it -> !stays.test(it))
                .isPresent();
    }
}
