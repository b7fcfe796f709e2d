// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.adapters.karmada.read;

import eu.nephele.smo.api.model.Resources;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.LabelSelector;
import io.fabric8.kubernetes.api.model.PodTemplateSpec;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.DeploymentCondition;
import io.fabric8.kubernetes.api.model.apps.DeploymentStatus;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.fabric8.kubernetes.api.model.apps.StatefulSetStatus;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** Reads Deployments and StatefulSets. */
public final class WorkloadReader {

    private static final String CLUSTER_POLICY = "clusterpropagationpolicy.karmada.io/name";

    private final PodReader pods;

    public WorkloadReader(PodReader pods) {
        this.pods = pods;
    }

    public WorkloadSeen read(Deployment deployment) {
        DeploymentStatus status = Optional.ofNullable(deployment.getStatus()).orElseGet(DeploymentStatus::new);
        Counts counts = new Counts(
                count(deployment.getSpec().getReplicas(), 1),
                count(status.getReplicas(), 0),
                count(status.getReadyReplicas(), 0));
        String trouble = Optional.ofNullable(status.getConditions()).stream()
                .flatMap(java.util.List::stream)
                .filter(WorkloadReader::complains)
                .map(condition -> "%s: %s".formatted(condition.getReason(), condition.getMessage()))
                .collect(Collectors.joining("; "));
        return seen(
                deployment,
                counts,
                deployment.getSpec().getTemplate(),
                deployment.getSpec().getSelector(),
                trouble);
    }

    public WorkloadSeen read(StatefulSet set) {
        StatefulSetStatus status = Optional.ofNullable(set.getStatus()).orElseGet(StatefulSetStatus::new);
        Counts counts = new Counts(
                count(set.getSpec().getReplicas(), 1),
                count(status.getReplicas(), 0),
                count(status.getReadyReplicas(), 0));
        return seen(set, counts, set.getSpec().getTemplate(), set.getSpec().getSelector(), "");
    }

    private record Counts(int desired, int replicas, int ready) {}

    /** {@code Available=False} only says what the number of ready replicas says. */
    private static boolean complains(DeploymentCondition condition) {
        boolean failure = "ReplicaFailure".equals(condition.getType()) && "True".equals(condition.getStatus());
        boolean stuck = "Progressing".equals(condition.getType()) && "False".equals(condition.getStatus());
        return failure || stuck;
    }

    private WorkloadSeen seen(
            HasMetadata object, Counts counts, PodTemplateSpec template, LabelSelector selector, String trouble) {
        Map<String, String> annotations =
                Optional.ofNullable(object.getMetadata().getAnnotations()).orElse(Map.of());
        Map<String, String> labels =
                Optional.ofNullable(object.getMetadata().getLabels()).orElse(Map.of());
        Resources perReplica = Optional.ofNullable(template)
                .flatMap(it -> Optional.ofNullable(it.getSpec()))
                .map(pods::requests)
                .orElse(Resources.NONE);
        return new WorkloadSeen(
                object.getKind(),
                object.getMetadata().getNamespace(),
                object.getMetadata().getName(),
                Optional.ofNullable(object.getMetadata().getUid()).orElse(""),
                counts.desired(),
                counts.replicas(),
                counts.ready(),
                perReplica,
                "Helm".equals(labels.get(Marks.MANAGED_BY)) ? annotations.getOrDefault(Marks.RELEASE, "") : "",
                annotations.getOrDefault(Marks.WORKLOAD, ""),
                annotations.getOrDefault(Marks.KEY, ""),
                Optional.ofNullable(selector)
                        .flatMap(it -> Optional.ofNullable(it.getMatchLabels()))
                        .map(Map::copyOf)
                        .orElse(Map.of()),
                labels.getOrDefault(CLUSTER_POLICY, ""),
                trouble);
    }

    @SuppressWarnings("UnnecessaryBoxedVariable") // absent numbers are null in these models
    private static int count(Integer number, int otherwise) {
        return Optional.ofNullable(number).orElse(otherwise);
    }
}
