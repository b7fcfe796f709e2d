// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.adapters.karmada.read;

import eu.nephele.smo.api.model.Resources;
import eu.nephele.smo.api.port.WorkloadObservation.Beside;
import eu.nephele.smo.api.port.WorkloadObservation.OnCluster;
import eu.nephele.smo.api.port.WorkloadRef;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/**
 * Reduced workload.
 *
 * @param kind {@code Deployment} say
 * @param uid its identity
 * @param generation counts its changes
 * @param template digest of the template of its pods
 * @param perReplica what one pod asks for
 * @param selector labels of its pods
 * @param marks what its labels and annotations say of it
 * @param progress how far its controller has come with it
 * @param createdAt when it was made, by the clock of its API server
 */
public record ObservedWorkload(
        String kind,
        String namespace,
        String name,
        String uid,
        long generation,
        String template,
        Resources perReplica,
        Map<String, String> selector,
        ObservedLabels marks,
        RolloutProgress progress,
        Optional<Instant> createdAt) {

    /** Returns its kind. */
    public WorkloadKind what() {
        return WorkloadKind.find(kind).orElseThrow();
    }

    /** Returns its identity. */
    public WorkloadId id() {
        return new WorkloadId(what(), path());
    }

    /** {@code namespace/name}. */
    public String path() {
        return namespace + "/" + name;
    }

    /** {@code namespace/name} of the release that made it, "" for none. */
    public String releasePath() {
        return marks.release().isEmpty() ? "" : namespace + "/" + marks.release();
    }

    /** Our mark of the pods that copies of it have, "" for none. */
    public String revision() {
        return marks.revision();
    }

    /** Its replicas. */
    public ReplicaCounts counts() {
        return progress.counts();
    }

    /** Returns the problem that its conditions report, "" for none. */
    public String trouble() {
        return progress.trouble();
    }

    /** Why its controller has given its roll-out up; empty while it has not. */
    public Optional<String> failure() {
        return progress.failure();
    }

    /**
     * As a service of this workload runs. What its controller counts out itself is one replica, which is there when all of it is.
     *
     * @param there counts of it, with what is asked for
     * @param desired replicas of the service that are asked for there
     */
    public OnCluster onCluster(ReplicaCounts there, int desired, Resources requested) {
        if (what().isScaled()) {
            return new OnCluster(
                    desired,
                    there.replicas(),
                    there.updated(),
                    there.ready(),
                    there.available(),
                    there.observed(),
                    requested);
        }
        int updated = there.updated() >= there.desired() ? 1 : 0;
        int ready = there.ready() >= there.desired() ? 1 : 0;
        int available = there.available() >= there.desired() ? 1 : 0;
        int present = there.replicas() > 0 || (desired > 0 && there.isRolledOut()) ? 1 : 0;
        return new OnCluster(
                desired, present, Math.min(present, updated), ready, available, there.observed(), requested);
    }

    /** The same where its controller cannot have taken note of the present specification: so neither has it given that up. */
    public ObservedWorkload ofFormerSpecification() {
        return new ObservedWorkload(
                kind,
                namespace,
                name,
                uid,
                generation,
                template,
                perReplica,
                selector,
                marks,
                progress.ofFormerSpecification(),
                createdAt);
    }

    /** Returns whether it is that object, as it is now or was. */
    public boolean isSame(ObservedWorkload other) {
        return id().equals(other.id());
    }

    /** Returns the reason for which it is not rolled out with these counts, in words for people; empty if it is. */
    public Optional<String> waitsFor(ReplicaCounts there) {
        if (what() == WorkloadKind.JOB) {
            return there.isRolledOut()
                    ? Optional.empty()
                    : Optional.of("%d of %d completions".formatted(there.ready(), there.desired()));
        }
        return new OnCluster(
                        there.desired(),
                        there.replicas(),
                        there.updated(),
                        there.ready(),
                        there.available(),
                        there.observed(),
                        Resources.NONE)
                .waitsFor(there.desired());
    }

    /**
     * Returns the state that a service beside it waits for; empty if it is rolled out.
     *
     * @param there counts of it on one cluster
     * @param givenUp why its controller there has given it up
     * @param trouble what its pods there complain of, "" for nothing
     * @param nodesAway nodes there that are not ready
     */
    public Optional<Beside> lacks(ReplicaCounts there, Optional<String> givenUp, String trouble, int nodesAway) {
        boolean lacksNodes = what() == WorkloadKind.DAEMON_SET && there.isRolledOutBut(nodesAway);
        return givenUp.or(() -> waitsFor(there)).map(what -> besides(what, givenUp.isPresent(), trouble, lacksNodes));
    }

    /** The same where nothing of it was seen. */
    public Beside besides(String what) {
        return besides(what, false, "", false);
    }

    private Beside besides(String what, boolean givenUp, String trouble, boolean lacksNodes) {
        String all = trouble.isEmpty() ? what : what + "; " + trouble;
        Optional<Instant> madeAt = createdAt.filter(any -> what() == WorkloadKind.JOB);
        return new Beside("%s %s: %s".formatted(kind, name, all), givenUp, madeAt, lacksNodes);
    }

    /** Replicas it asks for. */
    public int desired() {
        return counts().desired();
    }

    /** The mark of its present pods: of this very object, with this template. */
    public String present() {
        return uid + "/" + template;
    }

    /**
     * Pods that are as they shall be, of those that the controller counts: below the partition, or where somebody else replaces
     * them, whatever their revision.
     *
     * @param counts as the controller counts, also on another cluster
     * @param desired replicas that are asked for there
     */
    public int updated(ReplicaCounts counts, int desired) {
        return RolloutProgress.updated(counts, desired, progress.partition());
    }

    /** Returns whether the service's release has made it, or we have marked it: another object may have the same name. */
    public boolean isOf(WorkloadRef ref) {
        return name.equals(ref.service())
                && namespace.equals(ref.graph().project())
                && (marks.release().equals(ref.service()) || marks.workload().equals(ref.toString()));
    }
}
