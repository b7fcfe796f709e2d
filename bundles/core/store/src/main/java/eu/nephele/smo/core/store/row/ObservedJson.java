// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.store.row;

import eu.nephele.smo.api.graph.Drift;
import eu.nephele.smo.api.graph.ServiceView.ServiceState;
import eu.nephele.smo.api.model.Condition;
import eu.nephele.smo.api.model.JsonValue;
import eu.nephele.smo.api.model.JsonValue.JsonArray;
import eu.nephele.smo.api.model.Placement.Share;
import eu.nephele.smo.core.contract.json.JsonFieldReader;
import eu.nephele.smo.core.contract.json.JsonFieldWriter;
import eu.nephele.smo.core.contract.store.ObservedGraph.ObservedService;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

final class ObservedJson {

    private ObservedJson() {}

    static JsonArray ofConditions(List<Condition> conditions) {
        return new JsonArray(conditions.stream()
                .<JsonValue>map(condition -> new JsonFieldWriter()
                        .put("type", condition.type())
                        .put("status", condition.status().name())
                        .put("reason", condition.reason())
                        .put("message", condition.message())
                        .put(
                                "lastTransitionTime",
                                condition.lastTransitionTime().toString())
                        .put("observedGeneration", condition.observedGeneration())
                        .object())
                .toList());
    }

    static List<Condition> conditions(JsonValue value) {
        return JsonFieldReader.list(value).stream()
                .map(fields -> new Condition(
                        fields.text("type"),
                        Condition.Status.valueOf(fields.text("status")),
                        fields.text("reason"),
                        fields.text("message"),
                        Instant.parse(fields.text("lastTransitionTime")),
                        fields.number("observedGeneration")))
                .toList();
    }

    static JsonArray ofServices(Map<String, ObservedService> services) {
        List<JsonValue> items = new ArrayList<>();
        services.forEach((id, service) -> items.add(new JsonFieldWriter()
                .put("service", id)
                .put("state", service.state().name())
                .put("ready", DecidedJson.ofShares(service.ready()))
                .put("assignment", service.assignment())
                .put("scaledAt", service.scaledAt().map(Instant::toString))
                .put("settled", DecidedJson.ofShares(service.settled()))
                .put("message", service.message())
                .object()));
        return new JsonArray(items);
    }

    static Map<String, ObservedService> services(JsonValue value) {
        Map<String, ObservedService> services = new LinkedHashMap<>();
        for (JsonFieldReader fields : JsonFieldReader.list(value)) {
            services.put(
                    fields.text("service"),
                    new ObservedService(
                            ServiceState.valueOf(fields.text("state")),
                            ready(fields),
                            fields.number("assignment"),
                            fields.optionalText("scaledAt").map(Instant::parse),
                            fields.optional("settled").map(DecidedJson::shares).orElse(List.of()),
                            fields.text("message")));
        }
        return services;
    }

    /** Former versions wrote a sum, and divided no service: all of it was where the service was complete. */
    private static List<Share> ready(JsonFieldReader fields) {
        return fields.optional("ready")
                .map(DecidedJson::shares)
                .orElseGet(() -> fields.optional("settled").map(DecidedJson::shares).orElse(List.of()).stream()
                        .limit(1)
                        .map(share -> new Share(share.cluster(), Math.toIntExact(fields.number("readyReplicas"))))
                        .toList());
    }

    static JsonArray ofDrift(List<Drift> drift) {
        return new JsonArray(drift.stream()
                .<JsonValue>map(one -> new JsonFieldWriter()
                        .put("service", one.service())
                        .put("field", one.field())
                        .put("expected", one.expected())
                        .put("actual", one.actual())
                        .put("since", one.since().toString())
                        .object())
                .toList());
    }

    static List<Drift> drift(JsonValue value) {
        return JsonFieldReader.list(value).stream()
                .map(fields -> new Drift(
                        fields.text("service"),
                        fields.text("field"),
                        fields.text("expected"),
                        fields.text("actual"),
                        fields.instant("since")))
                .toList();
    }
}
