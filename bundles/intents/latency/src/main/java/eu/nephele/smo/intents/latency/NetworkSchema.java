// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.intents.latency;

import eu.nephele.smo.api.intent.IntentSchemas;
import eu.nephele.smo.api.model.JsonValue.JsonArray;
import eu.nephele.smo.api.model.JsonValue.JsonNumber;
import eu.nephele.smo.api.model.JsonValue.JsonObject;
import eu.nephele.smo.api.model.JsonValue.JsonString;
import java.util.List;
import java.util.Map;

final class NetworkSchema {

    private static final JsonNumber MOST_CHARACTERS = JsonNumber.of(253L);

    private NetworkSchema() {}

    static JsonObject create() {
        return IntentSchemas.closed(
                "links of the service, and where its device is",
                Map.of(
                        "latencies", IntentSchemas.list("limits of links", latency()),
                        "deviceProximity", proximity(),
                        "traffic", traffic(),
                        "connectionPoints", IntentSchemas.list("merged into connectionPoints of the service", id())));
    }

    private static JsonObject latency() {
        return IntentSchemas.closed(
                        "limit of a link",
                        Map.of(
                                "connectionPoint", id(),
                                "qos",
                                        IntentSchemas.oneOf(
                                                "ultralow: below 10 ms; low: one hop; unless configured otherwise",
                                                LatencyClasses.ALL),
                                "maxMillis", IntentSchemas.positive("hard limit in ms")))
                .with("required", JsonArray.ofStrings(List.of("connectionPoint")));
    }

    private static JsonObject proximity() {
        return IntentSchemas.closed(
                "near the device of the service",
                Map.of(
                        "enabled", IntentSchemas.flag("true: near its device"),
                        "device", IntentSchemas.text("name of the device; the id of the service unless given"),
                        "location", IntentSchemas.text("where the device is: region, zone or location of clusters"),
                        "labels", IntentSchemas.textsByName("labels that a cluster near the device has"),
                        "required", IntentSchemas.flag("true: nowhere else; false: a preference"),
                        "weight", IntentSchemas.positive("what giving the preference up costs, where a move costs 1")));
    }

    private static JsonObject traffic() {
        return new JsonObject(Map.of("type", new JsonString("object")))
                .with("description", new JsonString("MB/s to called services"))
                .with("maxProperties", JsonNumber.of(1000L))
                .with("additionalProperties", IntentSchemas.number("MB/s", 0, Long.MAX_VALUE));
    }

    /** The called service; empty for none. */
    private static JsonObject id() {
        return new JsonObject(Map.of("type", new JsonString("string"), "maxLength", MOST_CHARACTERS));
    }
}
