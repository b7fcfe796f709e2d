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
 * @param kind for example {@code Deployment}
 * @param generation counter of its changes
 * @param template digest of the template of its pods
 * @param selector labels of its pods
 * @param createdAt creation time by the clock of its API server
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
        ObservedLabels observedLabels,
        RolloutProgress progress,
        Optional<Instant> createdAt) {

    public WorkloadKind what() {
        return WorkloadKind.find(kind).orElseThrow();
    }

    public WorkloadId id() {
        return new WorkloadId(what(), path());
    }

    /** {@code namespace/name}. */
    public String path() {
        return namespace + "/" + name;
    }

    /** {@code namespace/name} of the release that made it, "" for none. */
    public String releasePath() {
        return observedLabels.release().isEmpty() ? "" : namespace + "/" + observedLabels.release();
    }

    /** Our mark of the pods that copies of it have, "" for none. */
    public String revision() {
        return observedLabels.revision();
    }

    public ReplicaCounts counts() {
        return progress.counts();
    }

    /** "" for none. */
    public String trouble() {
        return progress.trouble();
    }

    /** Returns the reason for which its controller gave up its roll-out; empty if it did not. */
    public Optional<String> failure() {
        return progress.failure();
    }

    /**
     * Converts to the counts of the service. A workload whose controller determines its pods is one replica, present when all pods are.
     *
     * @param there its counts, with the desired number
     * @param desired desired replicas of the service there
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

    /** The same if its controller cannot have observed the present specification, and so has not given it up either. */
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
                observedLabels,
                progress.ofFormerSpecification(),
                createdAt);
    }

    /** Returns whether it is the same object, now or in a former state. */
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
     * @param there its counts on one cluster
     * @param givenUp reason for which its controller there gave it up
     * @param trouble problem of its pods there, "" for none
     * @param nodesAway number of nodes there that are not ready
     */
    public Optional<Beside> lacks(ReplicaCounts there, Optional<String> givenUp, String trouble, int nodesAway) {
        boolean lacksNodes = what() == WorkloadKind.DAEMON_SET && there.isRolledOutBut(nodesAway);
        return givenUp.or(() -> waitsFor(there)).map(what -> besides(what, givenUp.isPresent(), trouble, lacksNodes));
    }

    /** The same if nothing of it was observed. */
    public Beside besides(String what) {
        return besides(what, false, "", false);
    }

    private Beside besides(String what, boolean givenUp, String trouble, boolean lacksNodes) {
        String all = trouble.isEmpty() ? what : what + "; " + trouble;
        Optional<Instant> madeAt = createdAt.filter(any -> what() == WorkloadKind.JOB);
        return new Beside("%s %s: %s".formatted(kind, name, all), givenUp, madeAt, lacksNodes);
    }

    public int desired() {
        return counts().desired();
    }

    /** The mark of its present pods: of this very object, with this template. */
    public String present() {
        return uid + "/" + template;
    }

    /**
     * Pods in their desired revision among those that the controller counts: below the partition, or if another client replaces
     * them, whatever their revision.
     *
     * @param counts counts of the controller, also on another cluster
     * @param desired desired replicas there
     */
    public int updated(ReplicaCounts counts, int desired) {
        return RolloutProgress.updated(counts, desired, progress.partition());
    }

    /** Returns whether the service's release has made it, or we have marked it: another object may have the same name. */
    public boolean isOf(WorkloadRef ref) {
        return name.equals(ref.service())
                && namespace.equals(ref.graph().project())
                && (observedLabels.release().equals(ref.service())
                        || observedLabels.workload().equals(ref.toString()));
    }
}
