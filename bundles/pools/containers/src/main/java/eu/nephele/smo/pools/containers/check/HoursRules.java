// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.pools.containers.check;

import com.fasterxml.jackson.databind.JsonNode;
import eu.nephele.smo.pools.containers.hours.ClockTime;
import eu.nephele.smo.pools.containers.hours.Holiday;
import java.time.DateTimeException;
import java.time.ZoneId;
import java.util.HashSet;
import java.util.OptionalInt;
import java.util.Set;

/** Business hours: zones and days that exist, windows that open. */
final class HoursRules {

    private final JsonNode usual;
    private final FileFindings findings;

    HoursRules(JsonNode document, FileFindings findings) {
        this.usual = document.path("autoscaler").path("business_hours");
        this.findings = findings;
    }

    void checkAutoscaler() {
        checkWindow("/autoscaler/business_hours", usual);
    }

    void checkServer(String place, JsonNode server) {
        checkHours(place + "/business_hours", server.path("business_hours"));
    }

    void checkService(String place, JsonNode service) {
        JsonNode hours = service.path("business_hours");
        checkHours(place + "/business_hours", hours);
        boolean only = service.path("business_hours_only").asBoolean(true);
        if (!only && !hours.isMissingNode()) {
            findings.warning(place + "/business_hours", "means nothing with business_hours_only: false");
        }
        if (service.has("replicas_at_window_end")) {
            if (!only) {
                findings.warning(
                        place + "/replicas_at_window_end", "means nothing with business_hours_only: false");
            } else if (zones(hours).size() > 1) {
                findings.error(place + "/replicas_at_window_end", "needs windows of one time zone");
            }
        }
        if (only && service.has("scaling")) {
            findings.warning(
                    place + "/scaling", "is not held back outside of the business hours; only the thresholds are");
        }
    }

    private Set<String> zones(JsonNode hours) {
        Set<String> zones = new HashSet<>();
        hours.forEach(window -> {
            if (window.isObject()) {
                zones.add(text(window, "timezone", "UTC"));
            }
        });
        return zones;
    }

    private void checkHours(String place, JsonNode hours) {
        if (hours.isArray()) {
            for (int i = 0; i < hours.size(); i++) {
                checkWindow(place + "/" + i, hours.get(i));
            }
        } else {
            checkWindow(place, hours);
        }
    }

    private void checkWindow(String place, JsonNode window) {
        if (!window.isObject()) {
            return;
        }
        JsonNode zone = window.path("timezone");
        if (zone.isTextual() && !ZoneId.getAvailableZoneIds().contains(zone.textValue())) {
            findings.error(place + "/timezone", "an IANA time zone is expected, like Europe/Berlin");
        }
        OptionalInt start = ClockTime.minutes(text(window, "start", "09:00"));
        OptionalInt end = ClockTime.minutes(text(window, "end", "17:00"));
        if (start.isPresent() && start.equals(end)) {
            findings.error(
                    place + (window.has("end") ? "/end" : "/start"),
                    "start and end differ; a whole day is 00:00 to 24:00");
        }
        JsonNode holidays = window.path("holidays");
        for (int i = 0; i < holidays.size(); i++) {
            checkHoliday(place + "/holidays/" + i, holidays.get(i).asText());
        }
    }

    private void checkHoliday(String pointer, String day) {
        try {
            Holiday.parse(day);
        } catch (DateTimeException none) {
            findings.error(pointer, "there is no such day");
        }
    }

    private String text(JsonNode window, String key, String otherwise) {
        return window.path(key).asText(usual.path(key).asText(otherwise));
    }
}
