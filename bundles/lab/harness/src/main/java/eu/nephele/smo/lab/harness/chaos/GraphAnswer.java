// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.harness.chaos;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;
import java.util.TreeMap;

record GraphAnswer(int status, JsonNode view) {

    private static final int NOT_FOUND = 404;

    boolean isAbsent() {
        return status == NOT_FOUND;
    }

    boolean isBeingRemoved() {
        return view.path("desired").asText().equals("REMOVED");
    }

    String phase() {
        return view.path("phase").asText();
    }

    /** Returns whether it waits for capacity, which is not an error. */
    boolean waitsForRoom() {
        if (!phase().equals("PENDING")) {
            return false;
        }
        for (JsonNode condition : view.path("conditions")) {
            if (condition.path("type").asText().equals("Placed")
                    && condition.path("reason").asText().equals("Infeasible")) {
                return true;
            }
        }
        return false;
    }

    /** Returns the decision about a service: cluster → replicas, without empty clusters. */
    Map<String, Integer> decided(String service) {
        Map<String, Integer> replicas = new TreeMap<>();
        for (JsonNode it : view.path("services")) {
            if (it.path("name").asText().equals(service)) {
                it.path("shares")
                        .forEach(share -> replicas.put(
                                share.path("cluster").asText(),
                                share.path("replicas").asInt()));
            }
        }
        replicas.values().removeIf(count -> count == 0);
        return replicas;
    }

    String summary() {
        StringBuilder text = new StringBuilder("%d %s desired %s version %s"
                .formatted(
                        status,
                        phase(),
                        view.path("desired").asText(),
                        view.path("version").asText()));
        for (JsonNode condition : view.path("conditions")) {
            if (!condition.path("status").asText().equals("True")) {
                text.append("; %s=%s %s: %s"
                        .formatted(
                                condition.path("type").asText(),
                                condition.path("status").asText(),
                                condition.path("reason").asText(),
                                condition.path("message").asText()));
            }
        }
        return text.toString();
    }
}
