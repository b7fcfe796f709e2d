// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.adapters.karmada.read;

/**
 * Replicas of a workload as its controller counts them.
 *
 * @param replicas pods that exist and are not terminating
 * @param updated pods of the present revision
 * @param observed whether the controller has observed the present specification
 */
public record ReplicaCounts(int desired, int replicas, int updated, int ready, int available, boolean observed) {

    public static final ReplicaCounts NONE = new ReplicaCounts(0, 0, 0, 0, 0, true);

    public ReplicaCounts withUpdated(int pods) {
        return new ReplicaCounts(desired, replicas, pods, ready, available, observed);
    }

    public ReplicaCounts withDesired(int replicas) {
        return new ReplicaCounts(replicas, this.replicas, updated, ready, available, observed);
    }

    public ReplicaCounts withObserved(boolean present) {
        return new ReplicaCounts(desired, replicas, updated, ready, available, present);
    }

    /** Returns whether all desired replicas exist, in the present revision and available. */
    public boolean isRolledOut() {
        return isRolledOutBut(0);
    }

    /** The same if so many pods may be unavailable. */
    boolean isRolledOutBut(int unavailable) {
        return observed
                && updated >= desired
                && replicas <= updated
                && Math.min(ready, available) >= desired - unavailable;
    }
}
