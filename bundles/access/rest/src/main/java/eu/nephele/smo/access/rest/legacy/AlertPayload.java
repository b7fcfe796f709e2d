// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.access.rest.legacy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import eu.nephele.smo.access.rest.http.Bodies;
import eu.nephele.smo.api.graph.Violation;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Reads notifications of Alertmanager (version 4). What is used is checked: types, words, sizes, all errors at once. Members
 * that are not used may be anything, since Alertmanager adds some now and then.
 */
final class AlertPayload {

    private static final int MAX_ALERTS = 1000;
    private static final int MAX_LABELS = 200;
    private static final String FIRING = "firing";
    private static final String RESOLVED = "resolved";

    private final List<Violation> violations = new ArrayList<>();

    private AlertPayload() {}

    /** @throws eu.nephele.smo.api.graph.SmoException {@code INVALID} with pointers */
    static List<Alert> read(ObjectNode body) {
        AlertPayload payload = new AlertPayload();
        List<Alert> alerts = payload.alerts(body);
        if (!payload.violations.isEmpty()) {
            throw Bodies.invalid(payload.violations);
        }
        return alerts;
    }

    private List<Alert> alerts(ObjectNode body) {
        JsonNode version = body.path("version");
        if (!version.isMissingNode() && !version.asText().equals("4")) {
            wrong("/version", "expected \"4\", the version of Alertmanager's webhook that is read here");
        }
        Optional<Boolean> common = status(body, "");
        JsonNode items = body.path("alerts");
        if (!items.isArray()) {
            wrong("/alerts", items.isMissingNode() ? "is missing, expected an array of alerts" : "expected an array");
            return List.of();
        }
        if (items.size() > MAX_ALERTS) {
            wrong("/alerts", "has %d alerts, expected at most %d".formatted(items.size(), MAX_ALERTS));
            return List.of();
        }
        List<Alert> alerts = new ArrayList<>();
        for (int i = 0; i < items.size(); i++) {
            alert(items.get(i), "/alerts/" + i, common).ifPresent(alerts::add);
        }
        return alerts;
    }

    private Optional<Alert> alert(JsonNode item, String pointer, Optional<Boolean> common) {
        if (!(item instanceof ObjectNode object)) {
            wrong(pointer, "expected an object");
            return Optional.empty();
        }
        Optional<Boolean> firing = object.has("status") ? status(object, pointer) : common;
        if (firing.isEmpty() && !object.has("status")) {
            wrong(pointer + "/status", "is missing, expected %s or %s".formatted(FIRING, RESOLVED));
        }
        texts(object.path("annotations"), pointer + "/annotations", false);
        Map<String, String> labels = texts(object.path("labels"), pointer + "/labels", true);
        return firing.map(fires -> new Alert(fires, labels));
    }

    private Optional<Boolean> status(ObjectNode object, String pointer) {
        JsonNode status = object.path("status");
        if (status.isMissingNode()) {
            return Optional.empty();
        }
        if (!status.asText().equals(FIRING) && !status.asText().equals(RESOLVED)) {
            wrong(pointer + "/status", "expected %s or %s".formatted(FIRING, RESOLVED));
            return Optional.empty();
        }
        return Optional.of(status.asText().equals(FIRING));
    }

    private Map<String, String> texts(JsonNode node, String pointer, boolean required) {
        if (!node.isObject()) {
            if (required || !(node.isMissingNode() || node.isNull())) {
                wrong(
                        pointer,
                        node.isMissingNode()
                                ? "is missing, expected an object of texts"
                                : "expected an object of texts");
            }
            return Map.of();
        }
        if (node.size() > MAX_LABELS) {
            wrong(pointer, "has %d members, expected at most %d".formatted(node.size(), MAX_LABELS));
            return Map.of();
        }
        Map<String, String> texts = new LinkedHashMap<>();
        node.properties().forEach(member -> {
            if (member.getValue().isTextual()) {
                texts.put(member.getKey(), member.getValue().textValue());
            } else {
                wrong(pointer + "/" + escaped(member.getKey()), "expected a text");
            }
        });
        return texts;
    }

    private void wrong(String pointer, String message) {
        violations.add(new Violation(pointer, message));
    }

    private static String escaped(String member) {
        return member.replace("~", "~0").replace("/", "~1");
    }
}
