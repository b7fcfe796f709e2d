// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.adapters.karmada.work;

import io.fabric8.kubernetes.api.model.ContainerStateWaiting;
import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.EventList;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodCondition;
import io.fabric8.kubernetes.api.model.PodList;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Finds the first pod that is not ready, and its problem. */
final class PodFailureReason {

    private final KubernetesSerialization json;

    PodFailureReason(KubernetesSerialization json) {
        this.json = json;
    }

    /** @param text "" if the pod itself reports nothing: its events may */
    record FoundReason(String pod, String text) {}

    Optional<FoundReason> ofPods(Optional<String> answer) {
        List<Pod> waiting =
                answer.map(text -> json.unmarshal(text, PodList.class).getItems()).orElse(List.of()).stream()
                        .filter(pod -> !isReady(pod))
                        .toList();
        return waiting.stream()
                .flatMap(pod ->
                        reason(pod).map(why -> new FoundReason(pod.getMetadata().getName(), why)).stream())
                .findFirst()
                .or(() -> waiting.stream()
                        .findFirst()
                        .map(pod -> new FoundReason(pod.getMetadata().getName(), "")));
    }

    /** The last warning. */
    String ofEvents(Optional<String> answer) {
        return answer.map(text -> json.unmarshal(text, EventList.class).getItems()).orElse(List.of()).stream()
                .filter(event -> "Warning".equals(event.getType()))
                .reduce((first, second) -> second)
                .map(event -> "pod %s: %s: %s"
                        .formatted(event.getInvolvedObject().getName(), event.getReason(), event.getMessage()))
                .orElse("");
    }

    private static boolean isReady(Pod pod) {
        return conditions(pod).anyMatch(it -> "Ready".equals(it.getType()) && "True".equals(it.getStatus()));
    }

    private static Optional<String> reason(Pod pod) {
        Optional<String> unplaced = conditions(pod)
                .filter(it -> "PodScheduled".equals(it.getType()) && "False".equals(it.getStatus()))
                .findFirst()
                .map(it -> said(it.getReason(), it.getMessage()));
        return unplaced.or(() -> containers(pod)
                        .flatMap(container -> Optional.ofNullable(container.getState())
                                .flatMap(state -> Optional.ofNullable(state.getWaiting()))
                                .filter(state -> !"ContainerCreating".equals(state.getReason()))
                                .map(PodFailureReason::said)
                                .stream())
                        .findFirst())
                .map(why -> "pod %s: %s".formatted(pod.getMetadata().getName(), why));
    }

    private static String said(ContainerStateWaiting waiting) {
        return said(waiting.getReason(), waiting.getMessage());
    }

    private static String said(
            @org.jspecify.annotations.Nullable String reason, @org.jspecify.annotations.Nullable String message) {
        return message == null || message.isBlank() ? String.valueOf(reason) : "%s: %s".formatted(reason, message);
    }

    private static Stream<PodCondition> conditions(Pod pod) {
        return Optional.ofNullable(pod.getStatus())
                .flatMap(status -> Optional.ofNullable(status.getConditions()))
                .stream()
                .flatMap(List::stream);
    }

    private static Stream<ContainerStatus> containers(Pod pod) {
        return Optional.ofNullable(pod.getStatus()).stream()
                .flatMap(status -> Stream.concat(
                        Optional.ofNullable(status.getInitContainerStatuses()).stream(),
                        Optional.ofNullable(status.getContainerStatuses()).stream()))
                .flatMap(List::stream);
    }
}
