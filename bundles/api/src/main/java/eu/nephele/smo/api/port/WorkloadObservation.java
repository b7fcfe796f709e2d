// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.api.port;

import eu.nephele.smo.api.model.AnswerLimits;
import eu.nephele.smo.api.model.ClusterId;
import eu.nephele.smo.api.model.Resources;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * A workload as it runs. Texts longer than {@link AnswerLimits#MESSAGE_CHARACTERS} are cut.
 *
 * @param workload whose
 * @param byCluster per cluster on which anything of it is, also while it is being taken away there
 * @param message what keeps it from being ready, for people; "" when nothing does
 * @param failure why its system has given the roll-out of the present revision up ({@code ProgressDeadlineExceeded}, say); empty
 *     while it has not
 * @param unseen of a workload that was removed: per cluster that cannot be asked, what may be left there and who takes it away
 * @param beside per cluster, which other workloads of its release are not rolled out there: a change waits for them, too
 */
public record WorkloadObservation(
        WorkloadRef workload,
        Map<ClusterId, OnCluster> byCluster,
        String message,
        Optional<String> failure,
        Map<ClusterId, String> unseen,
        Map<ClusterId, List<Beside>> beside) {

    /**
     * Another workload of the release that is not rolled out on a cluster.
     *
     * @param waitsFor which one, and what keeps it, for people
     * @param givenUp whether its controller has given it up
     * @param madeAt when it was made, by the clock of its control plane, where no update changes it after that (a Job)
     * @param lacksNodes whether all its pods are of the present revision, and no more of them are unavailable than the cluster has
     *     nodes that are not ready (a DaemonSet): on such a node no pod can start
     */
    public record Beside(String waitsFor, boolean givenUp, Optional<Instant> madeAt, boolean lacksNodes) {

        public Beside {
            waitsFor = cut(waitsFor);
        }

        /** Creates a record whose missing part has nothing to do with nodes. */
        public Beside(String waitsFor, boolean givenUp, Optional<Instant> madeAt) {
            this(waitsFor, givenUp, madeAt, false);
        }
    }

    public WorkloadObservation {
        byCluster = Collections.unmodifiableMap(new TreeMap<>(byCluster));
        unseen = cut(unseen);
        Map<ClusterId, List<Beside>> others = new TreeMap<>(beside);
        others.replaceAll((cluster, there) -> List.copyOf(there));
        beside = Collections.unmodifiableMap(others);
        message = cut(message);
        failure = failure.map(WorkloadObservation::cut);
    }

    private static Map<ClusterId, String> cut(Map<ClusterId, String> texts) {
        Map<ClusterId, String> told = new TreeMap<>(texts);
        told.replaceAll((cluster, text) -> cut(text));
        return Collections.unmodifiableMap(told);
    }

    private static String cut(String text) {
        return AnswerLimits.cut(text, AnswerLimits.MESSAGE_CHARACTERS);
    }

    /** A release with this workload only, or whose other workloads are rolled out. */
    public WorkloadObservation(
            WorkloadRef workload,
            Map<ClusterId, OnCluster> byCluster,
            String message,
            Optional<String> failure,
            Map<ClusterId, String> unseen) {
        this(workload, byCluster, message, failure, unseen, Map.of());
    }

    /** Nothing was given up, and all clusters can be asked. */
    public WorkloadObservation(WorkloadRef workload, Map<ClusterId, OnCluster> byCluster, String message) {
        this(workload, byCluster, message, Optional.empty(), Map.of());
    }

    /** The same, of whose other workloads only these count. */
    public WorkloadObservation withBeside(Map<ClusterId, List<Beside>> others) {
        return new WorkloadObservation(workload, byCluster, message, failure, unseen, others);
    }

    /**
     * How it is on one cluster, in the numbers of its controller's status there.
     *
     * @param desiredReplicas what the workload asks for there
     * @param replicas pods that there are, of the present and of former revisions; those that are ending do not count
     * @param updatedReplicas pods of the present revision
     * @param readyReplicas pods that are ready, of whichever revision
     * @param availableReplicas pods that are available, of whichever revision
     * @param observedCurrent whether these numbers are those of the present specification: the cluster has it, and its controller
     *     has taken note of it ({@code observedGeneration} has reached {@code generation})
     * @param requested sum of the resource requests of its scheduled pods there
     */
    public record OnCluster(
            int desiredReplicas,
            int replicas,
            int updatedReplicas,
            int readyReplicas,
            int availableReplicas,
            boolean observedCurrent,
            Resources requested) {

        /** A workload of which all replicas that are asked for are there, of the present revision only. */
        public OnCluster(int desiredReplicas, int readyReplicas, Resources requested) {
            this(desiredReplicas, desiredReplicas, desiredReplicas, readyReplicas, readyReplicas, true, requested);
        }

        /** Returns whether so many replicas serve there, of whichever revision. */
        public boolean isAvailable(int wanted) {
            return Math.min(readyReplicas, availableReplicas) >= wanted;
        }

        /**
         * Returns the reason for which the roll-out of the present revision is incomplete, as {@code kubectl rollout status}
         * judges.
         *
         * @param wanted replicas that there shall be
         * @return for people; empty when exactly these are there, of the present revision and available
         */
        public Optional<String> waitsFor(int wanted) {
            if (!observedCurrent) {
                return Optional.of("has not taken over the change yet");
            } else if (updatedReplicas < wanted) {
                return Optional.of("%d of %d replicas are of the new revision".formatted(updatedReplicas, wanted));
            } else if (replicas > updatedReplicas) {
                return Optional.of("%d old replicas are still there".formatted(replicas - updatedReplicas));
            } else if (replicas > wanted) {
                return Optional.of("%d replicas too many are still there".formatted(replicas - wanted));
            } else if (!isAvailable(wanted)) {
                return Optional.of(
                        "%d of %d replicas are ready".formatted(Math.min(readyReplicas, availableReplicas), wanted));
            }
            return Optional.empty();
        }
    }

    /** Ready replicas over all clusters. */
    public int readyReplicas() {
        return byCluster.values().stream().mapToInt(OnCluster::readyReplicas).sum();
    }
}
