// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.testbed.players;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Map;

/** Reflects the status of a copy, and Karmada's judgement of its health. */
final class StatusReflection {

    static final Map<ObjectKind, List<String>> FIELDS = Map.of(
            ObjectKind.DEPLOYMENT,
            List.of("replicas", "readyReplicas", "updatedReplicas", "availableReplicas", "unavailableReplicas"),
            ObjectKind.STATEFUL_SET,
            List.of("availableReplicas", "currentReplicas", "readyReplicas", "replicas", "updatedReplicas"),
            ObjectKind.DAEMON_SET,
            List.of(
                    "currentNumberScheduled",
                    "desiredNumberScheduled",
                    "numberAvailable",
                    "numberMisscheduled",
                    "numberReady",
                    "updatedNumberScheduled",
                    "numberUnavailable"),
            ObjectKind.JOB,
            List.of("active", "succeeded", "failed"));

    private static final List<String> OF_A_JOB = List.of("conditions", "startTime", "completionTime");

    private final KarmadaVersion version;

    StatusReflection(KarmadaVersion version) {
        this.version = version;
    }

    /** An entry of {@code status.manifestStatuses}. */
    ObjectNode reflect(ObjectKind kind, JsonNode copy) {
        ObjectNode entry = ApiServer.object();
        JsonNode metadata = copy.path("metadata");
        entry.putObject("identifier")
                .put("ordinal", 0)
                .put("group", kind.group())
                .put("version", kind.version())
                .put("kind", kind.name())
                .put("resource", kind.plural())
                .put("namespace", metadata.path("namespace").asText())
                .put("name", metadata.path("name").asText());
        JsonNode status = copy.path("status");
        if (FIELDS.containsKey(kind)) {
            entry.set("status", counts(kind, copy));
        } else if (status.isObject()) {
            entry.set("status", status.deepCopy());
        }
        entry.put("health", health(kind, copy));
        return entry;
    }

    private ObjectNode counts(ObjectKind kind, JsonNode copy) {
        ObjectNode counts = ApiServer.object();
        JsonNode status = copy.path("status");
        for (String field : FIELDS.getOrDefault(kind, List.of())) {
            if (status.path(field).asInt() > 0) {
                counts.put(field, status.path(field).asInt());
            }
        }
        if (kind.equals(ObjectKind.JOB)) {
            OF_A_JOB.stream().filter(status::has).forEach(field -> counts.set(field, status.path(field)));
        } else if (version.tellsGenerations()) {
            JsonNode metadata = copy.path("metadata");
            counts.set("generation", metadata.path("generation"));
            counts.put("observedGeneration", status.path("observedGeneration").asLong());
            counts.put(
                    "resourceTemplateGeneration",
                    metadata.path("annotations")
                            .path(BindingController.TEMPLATE_GENERATION)
                            .asLong());
        }
        return counts;
    }

    private String health(ObjectKind kind, JsonNode copy) {
        if (kind.equals(ObjectKind.SERVICE)) {
            return "Healthy"; // no Service of the test bed waits for a load balancer
        }
        if (!FIELDS.containsKey(kind) || kind.equals(ObjectKind.JOB)) {
            return "Unknown";
        }
        JsonNode status = copy.path("status");
        boolean daemons = kind.equals(ObjectKind.DAEMON_SET);
        int wanted = daemons
                ? status.path("desiredNumberScheduled").asInt()
                : copy.path("spec").path("replicas").asInt();
        int updated = status.path(daemons ? "updatedNumberScheduled" : "updatedReplicas")
                .asInt();
        int available =
                status.path(daemons ? "numberAvailable" : "availableReplicas").asInt();
        boolean healthy = status.path("observedGeneration").asLong()
                        == copy.path("metadata").path("generation").asLong()
                && updated == wanted
                && (!version.tellsGenerations() || available >= updated);
        return healthy ? "Healthy" : "Unhealthy";
    }
}
