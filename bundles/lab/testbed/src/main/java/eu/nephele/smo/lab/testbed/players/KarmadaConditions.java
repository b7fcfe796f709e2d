// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.testbed.players;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

final class KarmadaConditions {

    private KarmadaConditions() {}

    /** Conditions of an object with one set; its time is that of the last change of its status. */
    static ArrayNode with(JsonNode object, String type, boolean holds, String reason, String message) {
        return with(object, type, holds ? "True" : "False", reason, message);
    }

    private static ArrayNode with(JsonNode object, String type, String status, String reason, String message) {
        ArrayNode conditions = ApiServer.object().putArray("conditions");
        String since = now();
        for (JsonNode condition : object.path("status").path("conditions")) {
            if (!condition.path("type").asText().equals(type)) {
                conditions.add(condition);
            } else if (condition.path("status").asText().equals(status)) {
                since = condition.path("lastTransitionTime").asText();
            }
        }
        conditions
                .addObject()
                .put("type", type)
                .put("status", status)
                .put("lastTransitionTime", since)
                .put("reason", reason)
                .put("message", message);
        return conditions;
    }

    static String now() {
        return Instant.now().truncatedTo(ChronoUnit.SECONDS).toString();
    }
}
