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
 * What is kept of a workload.
 *
 * @param kind {@code Deployment} say
 * @param uid its identity
 * @param generation counts its changes
 * @param template digest of the template of its pods
 * @param counts its replicas
 * @param perReplica what one pod asks for
 * @param release Helm release that made it, "" for none
 * @param workload our mark, "" for none
 * @param key our mark of the last step, "" for none
 * @param revision our mark of the pods that copies of it have, "" for none
 * @param selector labels of its pods
 * @param clusterPolicy the ClusterPropagationPolicy that has claimed it, "" for none
 * @param policy the PropagationPolicy that has claimed it, "" for none
 * @param partition pods with a smaller ordinal keep their revision: those of a StatefulSet or DaemonSet that does not replace them itself
 * @param trouble what its conditions complain of, "" for nothing
 * @param failure why its controller has given its roll-out up; empty while it has not
 * @param judged whether a service that it is beside waits for it
 * @param createdAt when it was made, by the clock of its API server
 */
public record WorkloadSeen(
        String kind,
        String namespace,
        String name,
        String uid,
        long generation,
        String template,
        Counts counts,
        Resources perReplica,
        String release,
        String workload,
        String key,
        String revision,
        Map<String, String> selector,
        String clusterPolicy,
        String policy,
        int partition,
        String trouble,
        Optional<String> failure,
        boolean judged,
        Optional<Instant> createdAt) {

    /** What it is. */
    public WorkloadKind what() {
        return WorkloadKind.of(kind).orElseThrow();
    }

    /** Which it is. */
    public WorkloadId id() {
        return new WorkloadId(what(), path());
    }

    /** {@code namespace/name}. */
    public String path() {
        return namespace + "/" + name;
    }

    /** {@code namespace/name} of the release that made it, "" for none. */
    public String releasePath() {
        return release.isEmpty() ? "" : namespace + "/" + release;
    }

    /**
     * As a service of this workload runs. What its controller counts out itself is one replica, which is there when all of it is.
     *
     * @param there counts of it, with what is asked for
     * @param desired replicas of the service that are asked for there
     */
    public OnCluster onCluster(Counts there, int desired, Resources requested) {
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
    public WorkloadSeen ofFormerSpecification() {
        return new WorkloadSeen(
                kind,
                namespace,
                name,
                uid,
                generation,
                template,
                counts.withObserved(false),
                perReplica,
                release,
                workload,
                key,
                revision,
                selector,
                clusterPolicy,
                policy,
                partition,
                trouble,
                Optional.empty(),
                judged,
                createdAt);
    }

    /** Whether it is that object, as it is now or was. */
    public boolean isSame(WorkloadSeen other) {
        return id().equals(other.id());
    }

    /** What keeps it from being rolled out where it has these counts, for people; empty when nothing does. */
    public Optional<String> waitsFor(Counts there) {
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
     * What a service beside it has to wait for; empty where it is rolled out.
     *
     * @param there counts of it on one cluster
     * @param givenUp why its controller there has given it up
     * @param trouble what its pods there complain of, "" for nothing
     * @param nodesAway nodes there that are not ready
     */
    public Optional<Beside> lacks(Counts there, Optional<String> givenUp, String trouble, int nodesAway) {
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
        return counts.desired();
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
    public int updated(Counts counts, int desired) {
        return updated(counts, desired, partition);
    }

    static int updated(Counts counts, int desired, int partition) {
        boolean finished = counts.updated() >= desired - partition;
        return partition > 0 && finished ? counts.replicas() : counts.updated();
    }

    /** Whether the service's release has made it, or we have marked it: another object may have the same name. */
    public boolean isOf(WorkloadRef ref) {
        return name.equals(ref.service())
                && namespace.equals(ref.graph().project())
                && (release.equals(ref.service()) || workload.equals(ref.toString()));
    }
}
