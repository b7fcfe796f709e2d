// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.api.port;

import eu.nephele.smo.api.model.ClusterId;
import eu.nephele.smo.api.model.Placement.Share;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * Looks after running workloads on the clusters of one source. Published with the property
 * {@link eu.nephele.smo.api.model.ClusterId#SOURCE}. All methods are idempotent; failures are {@link AdapterException}s.
 */
@Port(name = "workloads", chosenBy = ClusterId.SOURCE, system = ClusterId.SOURCE)
@ConsumerType
public interface WorkloadRuntime {

    /**
     * Makes the workload run with these replicas on exactly these clusters. Clusters that are new get them, clusters that are
     * not named lose them. Make-before-break is the caller's: it first asks for old and new together, then for new alone.
     *
     * @param shares at least one, sources of this runtime only
     */
    @Idempotent
    void ensureShares(StepKey key, List<Share> shares);

    /**
     * Takes note of what the release of a workload has become whose clusters and replicas its chart chooses, so that its old and new
     * pods can be told apart. Changes nothing else. Nothing happens where that needs no note, or where there is no such workload.
     */
    @Idempotent
    default void ensureMarked(StepKey key) {}

    /**
     * How the workloads run, in one call. The replicas of each cluster are told as the controller there counts them, so that old
     * and new ones can be told apart.
     *
     * @return one entry per workload that exists; those that do not are missing
     */
    @Idempotent
    @OnStandby
    Map<WorkloadRef, WorkloadObservation> observe(Collection<WorkloadRef> workloads);

    /**
     * Observes the remains of workloads that were removed or run elsewhere now, on the clusters themselves, down to the pods
     * that are still ending. May block for the time of outside calls. For a cluster that cannot be polled,
     * {@link WorkloadObservation#unseen} reports possible remains there.
     *
     * @param clusters clusters of this source on which they ran
     * @return one entry per workload of which something is left, or may be; one that runs elsewhere is told with all its clusters
     */
    @Idempotent
    @OnStandby
    default Map<WorkloadRef, WorkloadObservation> remains(Collection<WorkloadRef> workloads, Set<ClusterId> clusters) {
        return observe(workloads);
    }

    /** Calls back, on a thread of the runtime, after a workload of ours or its pods changed; quick, never blocking. */
    @NonBlocking
    Subscription subscribe(Consumer<WorkloadRef> onChange);
}
