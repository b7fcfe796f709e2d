// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.testbed.players;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;

final class PodStatuses {

    private static final List<String> RUNNING = List.of("PodScheduled", "Initialized", "ContainersReady", "Ready");

    private PodStatuses() {}

    static ObjectNode condition(String type, String status, String reason) {
        return ApiServer.object()
                .put("type", type)
                .put("status", status)
                .put("reason", reason)
                .put(
                        "lastTransitionTime",
                        Instant.now().truncatedTo(ChronoUnit.SECONDS).toString());
    }

    /** Returns whether it holds its requests: a pod that has ended does not. */
    static boolean takesRoom(JsonNode pod) {
        String phase = pod.path("status").path("phase").asText();
        return phase.equals("Pending") || phase.equals("Running");
    }

    static boolean hasCondition(JsonNode object, String type) {
        return !status(object, type).isEmpty();
    }

    static boolean isTrue(JsonNode object, String type) {
        return status(object, type).equals("True");
    }

    static boolean isFalse(JsonNode object, String type) {
        return status(object, type).equals("False");
    }

    private static String status(JsonNode object, String type) {
        for (JsonNode condition : object.path("status").path("conditions")) {
            if (condition.path("type").asText().equals(type)) {
                return condition.path("status").asText();
            }
        }
        return "";
    }

    /** The only node that it may go to, as for those of a DaemonSet; empty for any. */
    static String onlyNode(JsonNode pod) {
        return pod.at("/spec/affinity/nodeAffinity/requiredDuringSchedulingIgnoredDuringExecution/nodeSelectorTerms/0"
                        + "/matchFields/0/values/0")
                .asText();
    }

    /** Returns whether it runs to completion instead of serving. */
    static boolean isOfAJob(JsonNode pod) {
        return pod.path("metadata")
                .path("ownerReferences")
                .path(0)
                .path("kind")
                .asText()
                .equals("Job");
    }

    static ObjectNode running(JsonNode pod) {
        ObjectNode status = ApiServer.object().put("phase", "Running").put("podIP", "127.0.0.1");
        status.put("startTime", Instant.now().truncatedTo(ChronoUnit.SECONDS).toString());
        ArrayNode conditions = status.putArray("conditions");
        RUNNING.forEach(type -> conditions.add(condition(type, "True", "")));
        containers(pod, status, true).forEach(PodStatuses::runs);
        return status;
    }

    /** Runs and was never ready by its probe. */
    static ObjectNode neverReady(JsonNode pod) {
        ObjectNode status = notReady(pod, "Running");
        containers(pod, status, false).forEach(PodStatuses::runs);
        return status;
    }

    /** Has ended once more and waits to be started again. */
    static ObjectNode crashed(JsonNode pod, int restarts) {
        ObjectNode status = notReady(pod, "Running");
        containers(pod, status, false).forEach(container -> {
            container.put("restartCount", restarts);
            wait(container, "CrashLoopBackOff", "back-off restarting failed container");
        });
        return status;
    }

    /** Has done its work, or failed at it. */
    static ObjectNode ended(JsonNode pod, boolean well) {
        ObjectNode status = ApiServer.object().put("phase", well ? "Succeeded" : "Failed");
        status.putArray("conditions").add(condition("Ready", "False", "PodCompleted"));
        containers(pod, status, false).forEach(container -> container
                .putObject("state")
                .putObject("terminated")
                .put("exitCode", well ? 0 : 1)
                .put("reason", well ? "Completed" : "Error"));
        return status;
    }

    static ObjectNode cannotPull(JsonNode pod) {
        ObjectNode status = notReady(pod, "Pending");
        containers(pod, status, false).forEach(container -> wait(container, "ImagePullBackOff", "manifest unknown"));
        return status;
    }

    static ObjectNode pullFailure(JsonNode pod) {
        JsonNode metadata = pod.path("metadata");
        String namespace = metadata.path("namespace").asText();
        String name = metadata.path("name").asText();
        ObjectNode event = ApiServer.object(ObjectKind.EVENT, namespace, name + ".cannot-pull");
        ObjectNode about =
                event.putObject("involvedObject").put("apiVersion", "v1").put("kind", "Pod");
        about.put("namespace", namespace).put("name", name);
        about.put("uid", metadata.path("uid").asText());
        String now = Instant.now().truncatedTo(ChronoUnit.SECONDS).toString();
        event.put("type", "Warning").put("reason", "Failed").put("count", 1);
        event.put("message", "Failed to pull image: manifest unknown");
        event.put("firstTimestamp", now).put("lastTimestamp", now);
        event.putObject("source").put("component", "kubelet");
        return event;
    }

    private static ObjectNode notReady(JsonNode pod, String phase) {
        ObjectNode status = ApiServer.object().put("phase", phase);
        if (pod.path("status").path("startTime").isMissingNode()) {
            status.put("startTime", KarmadaConditions.now());
        }
        ArrayNode conditions = status.putArray("conditions");
        conditions.add(condition("PodScheduled", "True", ""));
        conditions.add(condition("Initialized", "True", ""));
        conditions.add(condition("ContainersReady", "False", "ContainersNotReady"));
        conditions.add(condition("Ready", "False", "ContainersNotReady"));
        return status;
    }

    private static List<ObjectNode> containers(JsonNode pod, ObjectNode status, boolean ready) {
        ArrayNode array = status.putArray("containerStatuses");
        List<ObjectNode> containers = new ArrayList<>();
        for (JsonNode container : pod.path("spec").path("containers")) {
            containers.add(array.addObject()
                    .put("name", container.path("name").asText())
                    .put("image", container.path("image").asText())
                    .put("imageID", "")
                    .put("ready", ready)
                    .put("started", ready)
                    .put("restartCount", 0));
        }
        return containers;
    }

    private static void runs(ObjectNode container) {
        container.putObject("state").putObject("running").put("startedAt", KarmadaConditions.now());
    }

    private static void wait(ObjectNode container, String reason, String message) {
        container.putObject("state").putObject("waiting").put("reason", reason).put("message", message);
    }
}
