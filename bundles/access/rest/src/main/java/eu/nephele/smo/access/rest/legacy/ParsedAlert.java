// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.access.rest.legacy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import eu.nephele.smo.access.http.InputLimits;
import eu.nephele.smo.api.graph.AlertService.Alert;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** One alert as far as it can be read; {@code trouble}: why it cannot be handled, "" when it can. */
record ParsedAlert(Optional<Alert> alert, String trouble) {

    static final String EXPECTED_STATUS = "expected firing or resolved";

    /** @param common labels and annotations common to all alerts of the notification */
    static ParsedAlert of(JsonNode item, Optional<Boolean> common) {
        if (!(item instanceof ObjectNode object)) {
            return broken("it is not an object");
        }
        Optional<Boolean> firing = object.has("status") ? firing(object) : common;
        if (firing.isEmpty()) {
            return broken("its status is %s, %s"
                    .formatted(object.path("status"), EXPECTED_STATUS)
                    .replace("is ,", "is missing,"));
        }
        JsonNode labels = object.path("labels");
        if (!labels.isObject() || labels.size() > InputLimits.ALERT_LABELS) {
            return broken("its labels are missing or wrong, expected an object of at most %d texts"
                    .formatted(InputLimits.ALERT_LABELS));
        }
        Map<String, String> texts = new LinkedHashMap<>();
        for (Map.Entry<String, JsonNode> label : labels.properties()) {
            if (!label.getValue().isTextual()) {
                return broken("its label %s is not a text".formatted(label.getKey()));
            }
            if (!InputLimits.fits(label.getValue().textValue())) {
                return broken("its label %s is longer than %d characters"
                        .formatted(label.getKey(), InputLimits.TEXT_CHARACTERS));
            }
            texts.put(label.getKey(), label.getValue().textValue());
        }
        String fingerprint = object.path("fingerprint").asText("");
        if (!InputLimits.fits(fingerprint)) {
            return broken("its fingerprint is longer than %d characters".formatted(InputLimits.TEXT_CHARACTERS));
        }
        return new ParsedAlert(Optional.of(new Alert(fingerprint, firing.get(), texts, startsAt(object))), "");
    }

    /** Empty for an unknown status. */
    static Optional<Boolean> firing(ObjectNode object) {
        return switch (object.path("status").asText("")) {
            case "firing" -> Optional.of(true);
            case "resolved" -> Optional.of(false);
            default -> Optional.empty();
        };
    }

    Optional<String> label(String name) {
        return alert.map(Alert::labels).map(labels -> labels.get(name)).filter(value -> !value.isEmpty());
    }

    private static Optional<Instant> startsAt(ObjectNode object) {
        try {
            return Optional.of(Instant.parse(object.path("startsAt").asText("")));
        } catch (DateTimeParseException unknown) {
            // The start time is optional: the alert fires whenever it began.
            return Optional.empty();
        }
    }

    private static ParsedAlert broken(String why) {
        return new ParsedAlert(Optional.empty(), why);
    }
}
