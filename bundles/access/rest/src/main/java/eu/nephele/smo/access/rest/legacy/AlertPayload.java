// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.access.rest.legacy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import eu.nephele.smo.access.http.InputLimits;
import eu.nephele.smo.access.http.RequestBodies;
import eu.nephele.smo.api.runtime.Violation;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Reads notifications of Alertmanager (version 4). The frame is checked as a whole, each alert on its own: an
 * unreadable alert does not affect the others. Unused members may have any value, since Alertmanager adds some from
 * time to time.
 */
final class AlertPayload {

    private AlertPayload() {}

    /** @throws eu.nephele.smo.api.runtime.SmoException {@code INVALID} with pointers, when it is not a notification */
    static List<ParsedAlert> read(ObjectNode body) {
        List<Violation> violations = new ArrayList<>();
        JsonNode version = body.path("version");
        if (!version.isMissingNode() && !version.asText().equals("4")) {
            violations.add(new Violation(
                    "/version", "expected \"4\", the version of Alertmanager's webhook that is read here"));
        }
        Optional<Boolean> firing = ParsedAlert.firing(body);
        if (firing.isEmpty() && body.has("status")) {
            violations.add(new Violation("/status", ParsedAlert.EXPECTED_STATUS));
        }
        JsonNode alerts = body.path("alerts");
        if (!alerts.isArray()) {
            violations.add(new Violation(
                    "/alerts",
                    alerts.isMissingNode() ? "is missing, expected an array of alerts" : "expected an array"));
        } else if (alerts.size() > InputLimits.ALERTS) {
            violations.add(new Violation(
                    "/alerts", "has %d alerts, expected at most %d".formatted(alerts.size(), InputLimits.ALERTS)));
        }
        if (!violations.isEmpty()) {
            throw RequestBodies.invalid(violations);
        }
        List<ParsedAlert> read = new ArrayList<>(alerts.size());
        alerts.forEach(alert -> read.add(ParsedAlert.of(alert, firing)));
        return read;
    }
}
