// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.simulator;

import eu.nephele.smo.api.model.JsonValue;
import eu.nephele.smo.api.model.JsonValue.JsonArray;
import eu.nephele.smo.api.model.JsonValue.JsonNumber;
import eu.nephele.smo.api.model.JsonValue.JsonObject;
import eu.nephele.smo.api.model.JsonValue.JsonString;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Notification of the world's alerting, as Alertmanager sends it: all firing alerts of one group, and those resolved since.
 *
 * @param groupKey identity of the group over notifications
 * @param alerts at least one, in order of their labels
 */
public record Notification(String groupKey, Map<String, String> groupLabels, List<NotifiedAlert> alerts) {

    public static final String RECEIVER = "smo";

    private static final String VERSION = "4";
    private static final String EXTERNAL_URL = "http://alertmanager.simulator.invalid";
    /** End time by which Alertmanager marks an alert that did not end yet. */
    private static final String NOT_ENDED = "0001-01-01T00:00:00Z";

    public Notification {
        groupLabels = Collections.unmodifiableMap(new TreeMap<>(groupLabels));
        alerts = List.copyOf(alerts);
    }

    /**
     * @param startsAt when it began to fire, in the time of the observers
     * @param endsAt when it ended, in the time of the observers; empty while it fires
     * @param generatorUrl address that names the expression
     * @param fingerprint 16 hex digits of the labels
     */
    public record NotifiedAlert(
            Map<String, String> labels,
            Map<String, String> annotations,
            Instant startsAt,
            Optional<Instant> endsAt,
            String generatorUrl,
            String fingerprint) {

        public NotifiedAlert {
            labels = Collections.unmodifiableMap(new TreeMap<>(labels));
            annotations = Collections.unmodifiableMap(new TreeMap<>(annotations));
        }

        public boolean isFiring() {
            return endsAt.isEmpty();
        }

        private JsonObject toJson() {
            Map<String, JsonValue> members = new LinkedHashMap<>();
            members.put("status", status(isFiring()));
            members.put("labels", texts(labels));
            members.put("annotations", texts(annotations));
            members.put("startsAt", new JsonString(startsAt.toString()));
            members.put("endsAt", new JsonString(endsAt.map(Instant::toString).orElse(NOT_ENDED)));
            members.put("generatorURL", new JsonString(generatorUrl));
            members.put("fingerprint", new JsonString(fingerprint));
            return new JsonObject(members);
        }
    }

    public boolean isFiring() {
        return alerts.stream().anyMatch(NotifiedAlert::isFiring);
    }

    /** The body of the webhook, version 4. */
    public JsonObject toJson() {
        Map<String, JsonValue> members = new LinkedHashMap<>();
        members.put("version", new JsonString(VERSION));
        members.put("groupKey", new JsonString(groupKey));
        members.put("truncatedAlerts", JsonNumber.of(0));
        members.put("status", status(isFiring()));
        members.put("receiver", new JsonString(RECEIVER));
        members.put("groupLabels", texts(groupLabels));
        members.put(
                "commonLabels",
                texts(common(alerts.stream().map(NotifiedAlert::labels).toList())));
        members.put(
                "commonAnnotations",
                texts(common(alerts.stream().map(NotifiedAlert::annotations).toList())));
        members.put("externalURL", new JsonString(EXTERNAL_URL));
        members.put(
                "alerts",
                new JsonArray(
                        alerts.stream().<JsonValue>map(NotifiedAlert::toJson).toList()));
        return new JsonObject(members);
    }

    private static Map<String, String> common(List<Map<String, String>> all) {
        Map<String, String> common = new TreeMap<>(all.isEmpty() ? Map.of() : all.get(0));
        all.forEach(each -> common.entrySet().retainAll(each.entrySet()));
        return common;
    }

    private static JsonValue status(boolean firing) {
        return new JsonString(firing ? "firing" : "resolved");
    }

    private static JsonObject texts(Map<String, String> texts) {
        Map<String, JsonValue> members = new LinkedHashMap<>();
        texts.forEach((name, text) -> members.put(name, new JsonString(text)));
        return new JsonObject(members);
    }
}
