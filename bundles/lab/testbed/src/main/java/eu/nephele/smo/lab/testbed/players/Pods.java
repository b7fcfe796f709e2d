// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.testbed.players;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;

/** How pods look in the stages of their life. */
final class Pods {

    private static final String BROKEN = ":broken";
    private static final List<String> RUNNING = List.of("PodScheduled", "Initialized", "ContainersReady", "Ready");

    private Pods() {}

    static ObjectNode condition(String type, String status, String reason) {
        return ApiServer.object()
                .put("type", type)
                .put("status", status)
                .put("reason", reason)
                .put(
                        "lastTransitionTime",
                        Instant.now().truncatedTo(ChronoUnit.SECONDS).toString());
    }

    /** Whether it holds what it asked for: those that have ended do not. */
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

    /** Images tagged {@code broken} cannot be pulled. */
    static boolean broken(JsonNode pod) {
        for (JsonNode container : pod.path("spec").path("containers")) {
            if (container.path("image").asText().endsWith(BROKEN)) {
                return true;
            }
        }
        return false;
    }

    static ObjectNode running(JsonNode pod) {
        ObjectNode status = ApiServer.object().put("phase", "Running").put("podIP", "127.0.0.1");
        status.put("startTime", Instant.now().truncatedTo(ChronoUnit.SECONDS).toString());
        ArrayNode conditions = status.putArray("conditions");
        RUNNING.forEach(type -> conditions.add(condition(type, "True", "")));
        ArrayNode containers = status.putArray("containerStatuses");
        for (JsonNode container : pod.path("spec").path("containers")) {
            containers.add(container(container, true));
        }
        return status;
    }

    static ObjectNode cannotPull(JsonNode pod) {
        ObjectNode status = ApiServer.object().put("phase", "Pending");
        ArrayNode conditions = status.putArray("conditions");
        conditions.add(condition("PodScheduled", "True", ""));
        conditions.add(condition("ContainersReady", "False", "ContainersNotReady"));
        conditions.add(condition("Ready", "False", "ContainersNotReady"));
        ArrayNode containers = status.putArray("containerStatuses");
        for (JsonNode container : pod.path("spec").path("containers")) {
            containers.add(container(container, false));
        }
        return status;
    }

    static ObjectNode pullFailure(JsonNode pod) {
        JsonNode metadata = pod.path("metadata");
        String namespace = metadata.path("namespace").asText();
        String name = metadata.path("name").asText();
        ObjectNode event = ApiServer.object(Kind.EVENT, namespace, name + ".cannot-pull");
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

    private static ObjectNode container(JsonNode container, boolean running) {
        ObjectNode status =
                ApiServer.object().put("name", container.path("name").asText());
        status.put("image", container.path("image").asText()).put("imageID", "");
        status.put("ready", running).put("started", running).put("restartCount", 0);
        ObjectNode state = status.putObject("state");
        if (running) {
            state.putObject("running")
                    .put(
                            "startedAt",
                            Instant.now().truncatedTo(ChronoUnit.SECONDS).toString());
        } else {
            state.putObject("waiting").put("reason", "ImagePullBackOff").put("message", "manifest unknown");
        }
        return status;
    }
}
