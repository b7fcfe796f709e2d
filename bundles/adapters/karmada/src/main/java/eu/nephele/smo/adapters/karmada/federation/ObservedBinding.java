// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.adapters.karmada.federation;

import eu.nephele.smo.adapters.karmada.read.ObservedJob;
import eu.nephele.smo.adapters.karmada.read.ObservedWorkload;
import eu.nephele.smo.adapters.karmada.read.ReplicaCounts;
import eu.nephele.smo.adapters.karmada.read.UntypedObject;
import eu.nephele.smo.adapters.karmada.read.WorkloadKind;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.batch.v1.JobConditionBuilder;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Reduced ResourceBinding: the clusters of a workload and its state there.
 *
 * @param workload {@code namespace/name} of the workload
 * @param uid identity of that object, "" where the binding does not say
 * @param scheduled cluster to its replicas; empty where every cluster has those of the workload
 * @param there cluster to observed state
 * @param trouble obstacle on the way to the state of its workload, "" for none
 */
record ObservedBinding(
        String workload,
        String uid,
        boolean ending,
        Map<String, Optional<Integer>> scheduled,
        Map<String, There> there,
        String trouble) {

    /**
     * @param counts as the controller on the cluster counts them; the desired number is reported for a DaemonSet only
     * @param generation generation of the workload that was counted; empty if this Karmada does not report it
     * @param trouble reason for not being applied, "" if it is applied
     * @param job how far it is, where it is a Job
     */
    record There(ReplicaCounts counts, Optional<Long> generation, String trouble, Optional<ObservedJob> job) {

        /** Without a reported status: a DaemonSet may have any number of nodes then. */
        static final There NOTHING = new There(ReplicaCounts.NONE, Optional.empty(), "");

        There(ReplicaCounts counts, Optional<Long> generation, String trouble) {
            this(counts, generation, trouble, Optional.empty());
        }

        /** The same with the number of pods of the present template. */
        There withDesired(ObservedWorkload workload, int desired) {
            return new There(countsOf(workload, desired), generation, trouble, job);
        }

        private ReplicaCounts countsOf(ObservedWorkload workload, int desired) {
            return switch (workload.what()) {
                case JOB ->
                    job.orElse(new ObservedJob(0, 0, false, Optional.empty())).counts(workload.desired());
                case DAEMON_SET ->
                    counts.withUpdated(workload.updated(counts, counts.desired()))
                            .withObserved(counts.observed() && !equals(NOTHING));
                default -> counts.withUpdated(workload.updated(counts, desired)).withDesired(desired);
            };
        }
    }

    static String nameOf(String workload, String kind) {
        return workload + "-" + kind.toLowerCase(Locale.ROOT);
    }

    /** Not if it is being deleted: a binding of a former object does not count. */
    boolean isOf(ObservedWorkload seen) {
        return !ending
                && workload.equals(seen.namespace() + "/" + seen.name())
                && (uid.isEmpty() || seen.uid().isEmpty() || uid.equals(seen.uid()));
    }

    /** Empty for kinds that run no pods. */
    static Optional<ObservedBinding> read(GenericKubernetesResource binding) {
        UntypedObject spec = UntypedObject.from(binding).at("spec");
        String kind = spec.at("resource", "kind").text().orElse("");
        Optional<String> name = spec.at("resource", "name").text();
        Optional<WorkloadKind> what = WorkloadKind.find(kind);
        if (name.isEmpty() || what.isEmpty()) {
            return Optional.empty();
        }
        Map<String, Optional<Integer>> scheduled = new LinkedHashMap<>();
        spec.at("clusters").list().forEach(cluster -> cluster.at("name")
                .text()
                .ifPresent(at -> scheduled.put(at, cluster.at("replicas").number())));
        Map<String, There> there = new LinkedHashMap<>();
        UntypedObject.from(binding).at("status", "aggregatedStatus").list().forEach(item -> item.at("clusterName")
                .text()
                .ifPresent(at -> there.put(at, there(item, what.get()))));
        return Optional.of(new ObservedBinding(
                binding.getMetadata().getNamespace() + "/" + name.get(),
                spec.at("resource", "uid").text().orElse(""),
                binding.getMetadata().getDeletionTimestamp() != null,
                scheduled,
                there,
                trouble(binding)));
    }

    private static String trouble(GenericKubernetesResource binding) {
        UntypedObject status = UntypedObject.from(binding).at("status");
        String name = "%s/%s"
                .formatted(
                        binding.getMetadata().getNamespace(),
                        binding.getMetadata().getName());
        List<String> troubles = new ArrayList<>();
        long generation =
                Optional.ofNullable(binding.getMetadata().getGeneration()).orElse(0L);
        boolean stale = status.at("schedulerObservedGeneration")
                .whole()
                .filter(seen -> seen < generation)
                .isPresent();
        if (stale) {
            troubles.add("ResourceBinding %s waits for Karmada's scheduler".formatted(name));
        }
        status.at("conditions").list().stream()
                .filter(condition -> condition.at("status").text().equals(Optional.of("False")))
                .map(condition -> condition.at("message").text().orElse(""))
                .filter(message -> !message.isBlank())
                .map(message -> "ResourceBinding %s: %s".formatted(name, message))
                .forEach(troubles::add);
        return String.join("; ", troubles);
    }

    private static There there(UntypedObject item, WorkloadKind kind) {
        // Karmada omits false values
        boolean applied = item.at("applied").text().equals(Optional.of("true"));
        UntypedObject status = item.at("status");
        return new There(
                kind == WorkloadKind.DAEMON_SET ? daemons(status) : replicas(status, kind),
                status.at("resourceTemplateGeneration").whole(),
                applied ? "" : item.at("appliedMessage").text().orElse("").strip(),
                kind == WorkloadKind.JOB ? Optional.of(job(status)) : Optional.empty());
    }

    private static ReplicaCounts replicas(UntypedObject status, WorkloadKind kind) {
        int ready = number(status, "readyReplicas");
        return new ReplicaCounts(
                0,
                number(status, "replicas"),
                number(status, "updatedReplicas"),
                ready,
                kind == WorkloadKind.DEPLOYMENT ? number(status, "availableReplicas") : ready,
                isObserved(status));
    }

    private static ReplicaCounts daemons(UntypedObject status) {
        return new ReplicaCounts(
                number(status, "desiredNumberScheduled"),
                number(status, "currentNumberScheduled"),
                number(status, "updatedNumberScheduled"),
                number(status, "numberReady"),
                number(status, "numberAvailable"),
                status.value().isPresent() && isObserved(status));
    }

    private static boolean isObserved(UntypedObject status) {
        return status.at("observedGeneration").whole().orElse(0L)
                >= status.at("generation").whole().orElse(0L);
    }

    private static ObservedJob job(UntypedObject status) {
        return ObservedJob.create(
                number(status, "active"),
                number(status, "succeeded"),
                status.at("conditions").list().stream()
                        .map(condition -> new JobConditionBuilder()
                                .withType(condition.at("type").text().orElse(""))
                                .withStatus(condition.at("status").text().orElse(""))
                                .withReason(condition.at("reason").text().orElse(""))
                                .withMessage(condition.at("message").text().orElse(""))
                                .build())
                        .toList());
    }

    private static int number(UntypedObject status, String key) {
        return status.at(key).number().orElse(0);
    }
}
