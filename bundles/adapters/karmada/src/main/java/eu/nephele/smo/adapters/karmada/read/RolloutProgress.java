// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.adapters.karmada.read;

import java.util.Optional;

/**
 * How far the controller of a workload has come with it.
 *
 * @param counts its replicas
 * @param partition pods with a smaller ordinal keep their revision: those of a StatefulSet or DaemonSet that does not replace them itself
 * @param trouble what its conditions complain of, "" for nothing
 * @param failure why the controller has given the roll-out up; empty while it has not
 */
public record RolloutProgress(ReplicaCounts counts, int partition, String trouble, Optional<String> failure) {

    /** Of one that complains of nothing. */
    static RolloutProgress of(ReplicaCounts counts, int partition) {
        return create(counts, partition, "", Optional.empty());
    }

    /** @param counts as the controller counts */
    static RolloutProgress create(ReplicaCounts counts, int partition, String trouble, Optional<String> failure) {
        int updated = updated(counts, counts.desired(), partition);
        return new RolloutProgress(counts.withUpdated(updated), partition, trouble, failure);
    }

    /** The same where the controller cannot have taken note of the present specification: so neither has it given that up. */
    RolloutProgress ofFormerSpecification() {
        return new RolloutProgress(counts.withObserved(false), partition, trouble, Optional.empty());
    }

    static int updated(ReplicaCounts counts, int desired, int partition) {
        boolean finished = counts.updated() >= desired - partition;
        return partition > 0 && finished ? counts.replicas() : counts.updated();
    }
}
