// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.adapters.karmada.read;

import eu.nephele.smo.api.model.Resources;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.LabelSelector;
import io.fabric8.kubernetes.api.model.LabelSelectorBuilder;
import io.fabric8.kubernetes.api.model.PodTemplateSpec;
import io.fabric8.kubernetes.api.model.apps.DaemonSet;
import io.fabric8.kubernetes.api.model.apps.DaemonSetStatus;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.DeploymentCondition;
import io.fabric8.kubernetes.api.model.apps.DeploymentStatus;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.fabric8.kubernetes.api.model.apps.StatefulSetStatus;
import io.fabric8.kubernetes.api.model.apps.StatefulSetUpdateStrategy;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Reduces Deployments, StatefulSets, DaemonSets and Jobs to one form. */
public final class WorkloadReader {

    private static final String GIVEN_UP = "ProgressDeadlineExceeded";
    private static final String ON_DELETE = "OnDelete";

    private final PodReader pods;
    private final KubernetesSerialization json = new KubernetesSerialization();

    public WorkloadReader(PodReader pods) {
        this.pods = pods;
    }

    public ObservedWorkload read(Deployment deployment) {
        DeploymentStatus status = Optional.ofNullable(deployment.getStatus()).orElseGet(DeploymentStatus::new);
        boolean observed = isObserved(deployment, status.getObservedGeneration());
        ReplicaCounts counts = new ReplicaCounts(
                count(deployment.getSpec().getReplicas(), 1),
                count(status.getReplicas(), 0),
                count(status.getUpdatedReplicas(), 0),
                count(status.getReadyReplicas(), 0),
                count(status.getAvailableReplicas(), 0),
                observed);
        List<DeploymentCondition> conditions =
                Optional.ofNullable(status.getConditions()).orElse(List.of());
        String trouble = conditions.stream()
                .filter(WorkloadReader::complains)
                .map(WorkloadReader::said)
                .collect(Collectors.joining("; "));
        Optional<String> failure = conditions.stream()
                .filter(condition -> observed && complains(condition))
                .filter(condition -> GIVEN_UP.equals(condition.getReason()))
                .map(WorkloadReader::said)
                .findFirst();
        return seen(
                deployment,
                deployment.getSpec().getTemplate(),
                deployment.getSpec().getSelector(),
                RolloutProgress.create(counts, 0, trouble, failure));
    }

    /** Reads a workload; available means ready, as {@code kubectl} judges, because older servers do not count it. */
    public ObservedWorkload read(StatefulSet set) {
        StatefulSetStatus status = Optional.ofNullable(set.getStatus()).orElseGet(StatefulSetStatus::new);
        int desired = count(set.getSpec().getReplicas(), 1);
        int replicas = count(status.getReplicas(), 0);
        int ready = count(status.getReadyReplicas(), 0);
        ReplicaCounts counts = new ReplicaCounts(
                desired,
                replicas,
                count(status.getUpdatedReplicas(), 0),
                ready,
                ready,
                isObserved(set, status.getObservedGeneration()));
        return seen(
                set,
                set.getSpec().getTemplate(),
                set.getSpec().getSelector(),
                RolloutProgress.of(counts, partition(set)));
    }

    /** A DaemonSet: its controller reports the desired number of pods. */
    public ObservedWorkload read(DaemonSet set) {
        DaemonSetStatus status = Optional.ofNullable(set.getStatus()).orElseGet(DaemonSetStatus::new);
        ReplicaCounts counts = new ReplicaCounts(
                count(status.getDesiredNumberScheduled(), 0),
                count(status.getCurrentNumberScheduled(), 0),
                count(status.getUpdatedNumberScheduled(), 0),
                count(status.getNumberReady(), 0),
                count(status.getNumberAvailable(), 0),
                isObserved(set, status.getObservedGeneration()));
        boolean onDelete = Optional.ofNullable(set.getSpec().getUpdateStrategy())
                .filter(it -> ON_DELETE.equals(it.getType()))
                .isPresent();
        return seen(
                set,
                set.getSpec().getTemplate(),
                set.getSpec().getSelector(),
                RolloutProgress.of(counts, onDelete ? Integer.MAX_VALUE : 0));
    }

    /** A Job: its template is immutable, so its numbers belong to it. Its selector differs per API server. */
    public ObservedWorkload read(Job job) {
        ObservedJob seen = ObservedJob.from(job);
        LabelSelector ofPods = new LabelSelectorBuilder()
                .addToMatchLabels("job-name", job.getMetadata().getName())
                .build();
        ReplicaCounts counts = seen.counts(ObservedJob.completions(job.getSpec()));
        return seen(job, job.getSpec().getTemplate(), ofPods, RolloutProgress.create(counts, 0, "", seen.failure()));
    }

    /** Returns the first pod that the controller replaces; none if another client does. */
    private static int partition(StatefulSet set) {
        Optional<StatefulSetUpdateStrategy> strategy =
                Optional.ofNullable(set.getSpec().getUpdateStrategy());
        if (strategy.filter(it -> ON_DELETE.equals(it.getType())).isPresent()) {
            return Integer.MAX_VALUE;
        }
        return strategy.flatMap(it -> Optional.ofNullable(it.getRollingUpdate()))
                .map(rolling -> count(rolling.getPartition(), 0))
                .orElse(0);
    }

    private static boolean isObserved(HasMetadata object, @Nullable Long observed) {
        return number(observed) >= number(object.getMetadata().getGeneration());
    }

    private static String said(DeploymentCondition condition) {
        return "%s: %s".formatted(condition.getReason(), condition.getMessage());
    }

    /** {@code Available=False} only repeats the number of ready replicas. */
    private static boolean complains(DeploymentCondition condition) {
        boolean failure = "ReplicaFailure".equals(condition.getType()) && "True".equals(condition.getStatus());
        boolean stuck = "Progressing".equals(condition.getType()) && "False".equals(condition.getStatus());
        return failure || stuck;
    }

    private ObservedWorkload seen(
            HasMetadata object, PodTemplateSpec template, LabelSelector selector, RolloutProgress progress) {
        Map<String, String> annotations =
                Optional.ofNullable(object.getMetadata().getAnnotations()).orElse(Map.of());
        Map<String, String> labels =
                Optional.ofNullable(object.getMetadata().getLabels()).orElse(Map.of());
        Resources perReplica = Optional.ofNullable(template)
                .flatMap(it -> Optional.ofNullable(it.getSpec()))
                .map(pods::requests)
                .orElse(Resources.NONE);
        return new ObservedWorkload(
                object.getKind(),
                object.getMetadata().getNamespace(),
                object.getMetadata().getName(),
                Optional.ofNullable(object.getMetadata().getUid()).orElse(""),
                number(object.getMetadata().getGeneration()),
                OwnershipLabels.digest(json.asJson(template)),
                perReplica,
                Optional.ofNullable(selector)
                        .flatMap(it -> Optional.ofNullable(it.getMatchLabels()))
                        .map(Map::copyOf)
                        .orElse(Map.of()),
                ObservedLabels.create(labels, annotations),
                progress,
                Optional.ofNullable(object.getMetadata().getCreationTimestamp()).map(Instant::parse));
    }

    private static int count(@Nullable Integer number, int otherwise) {
        return Optional.ofNullable(number).orElse(otherwise);
    }

    private static long number(@Nullable Long number) {
        return Optional.ofNullable(number).orElse(0L);
    }
}
