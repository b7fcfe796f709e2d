// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.api.port;

import eu.nephele.smo.api.model.Placement.Share;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * Looks after running workloads on the clusters of one source. Published with the property
 * {@link eu.nephele.smo.api.model.ClusterId#SOURCE}. All methods are idempotent; failures are {@link AdapterException}s.
 */
@ConsumerType
public interface WorkloadRuntime {

    /**
     * Makes the workload run with these replicas on exactly these clusters. Clusters that are new get them, clusters that are
     * not named lose them. Make-before-break is the caller's: it first asks for old and new together, then for new alone.
     *
     * @param shares at least one, sources of this runtime only
     */
    void ensureShares(StepKey key, List<Share> shares);

    /**
     * How the workloads run, in one call.
     *
     * @return one entry per workload that exists; those that do not are missing
     */
    Map<WorkloadRef, WorkloadObservation> observe(Collection<WorkloadRef> workloads);

    /** Calls back, on a thread of the runtime, after a workload of ours changed; quick, never blocking. */
    Subscription subscribe(Consumer<WorkloadRef> onChange);
}
