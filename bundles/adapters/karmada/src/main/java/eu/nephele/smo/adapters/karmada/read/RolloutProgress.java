// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.adapters.karmada.read;

import java.util.Optional;

/**
 * Progress of the roll-out of a workload.
 *
 * @param partition pods with a smaller ordinal keep their revision: those of a StatefulSet or DaemonSet that does not
 * replace them itself
 * @param trouble problem reported by its conditions, "" for none
 * @param failure reason for which the controller gave up the roll-out; empty if it did not
 */
public record RolloutProgress(ReplicaCounts counts, int partition, String trouble, Optional<String> failure) {

    static RolloutProgress of(ReplicaCounts counts, int partition) {
        return create(counts, partition, "", Optional.empty());
    }

    static RolloutProgress create(ReplicaCounts counts, int partition, String trouble, Optional<String> failure) {
        int updated = updated(counts, counts.desired(), partition);
        return new RolloutProgress(counts.withUpdated(updated), partition, trouble, failure);
    }

    /** The same if the controller cannot have observed the present specification, and so has not given it up either. */
    RolloutProgress ofFormerSpecification() {
        return new RolloutProgress(counts.withObserved(false), partition, trouble, Optional.empty());
    }

    static int updated(ReplicaCounts counts, int desired, int partition) {
        boolean finished = counts.updated() >= desired - partition;
        return partition > 0 && finished ? counts.replicas() : counts.updated();
    }
}
