// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.access.rest;

import eu.nephele.smo.api.model.JsonValue;
import eu.nephele.smo.api.model.JsonValue.JsonObject;
import eu.nephele.smo.api.model.JsonValue.JsonString;
import eu.nephele.smo.api.runtime.CallContext;
import eu.nephele.smo.api.runtime.SmoException;
import eu.nephele.smo.core.contract.fleet.FleetRequest;
import eu.nephele.smo.core.contract.fleet.FleetService;
import eu.nephele.smo.core.contract.json.StrictJson;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentNavigableMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.stream.Collectors;

/** Plans of the fleet in a map, with a fixed result. */
final class InMemoryFleet implements FleetService {

    private static final List<String> SHORT = List.of(
            "id", "state", "origin", "hypothetical", "createdAt", "expiresAt", "moves", "costBefore", "costAfter");

    private final ConcurrentNavigableMap<String, JsonObject> plans = new ConcurrentSkipListMap<>();
    private volatile FleetRequest asked = FleetRequest.STANDARD;

    /** The last question. */
    FleetRequest asked() {
        return asked;
    }

    @Override
    public JsonObject plan(FleetRequest request, CallContext call) {
        asked = request;
        String id = "plan-%d".formatted(plans.size() + 1);
        JsonObject plan =
                StrictJson.parseObject("""
                {
                  "id": "%s", "state": "planned", "message": "", "origin": "asked", "hypothetical": %s,
                  "createdAt": "2026-11-20T10:00:00Z", "expiresAt": "2026-11-20T10:15:00Z",
                  "strategy": {"id": "anytime", "version": "0.1.0"},
                  "graphs": 2, "services": 3, "maxMoves": 50, "moves": 1, "costBefore": 2.5, "costAfter": 2.0,
                  "objectives": [{"objective": "carbon", "unit": "kg/h", "weight": 1, "before": 2.5, "after": 2.0}],
                  "steps": [{
                    "step": 1, "project": "demo", "graph": "hello",
                    "moves": [{
                      "service": "web",
                      "from": {"source": "sim", "name": "c1"}, "to": {"source": "sim", "name": "c2"}
                    }],
                    "gain": 0.5, "terms": {"carbon": -0.5}, "state": "pending", "message": ""
                  }],
                  "notMade": [{
                    "project": "demo", "graph": "other", "priority": 0,
                    "moves": [{"service": "api", "to": {"source": "sim", "name": "c2"}}],
                    "reason": "the budget of 1 moves is used up"
                  }],
                  "staying": [{"project": "demo", "graph": "third", "reason": "it is paused"}],
                  "faults": []
                }
                """.formatted(id, request.whatIf().isPresent()));
        plans.put(id, plan);
        return plan;
    }

    @Override
    public List<JsonObject> list(CallContext call) {
        return plans.descendingMap().values().stream()
                .map(plan -> new JsonObject(
                        SHORT.stream().collect(Collectors.toMap(member -> member, member -> plan.get(member)
                                .orElseThrow()))))
                .toList();
    }

    @Override
    public JsonObject whatIf(FleetRequest request, CallContext call) {
        JsonObject plan = plan(request, call);
        plans.remove(plan.get("id").flatMap(JsonValue::asString).orElseThrow());
        return plan;
    }

    @Override
    public Optional<JsonObject> find(String id, CallContext call) {
        return Optional.ofNullable(plans.get(id));
    }

    @Override
    public JsonObject apply(String id, CallContext call) {
        JsonObject plan = find(id, call).orElseThrow(() -> SmoException.notFound("The fleet has no plan " + id));
        if (plan.toJson().contains("\"hypothetical\":true")) {
            throw SmoException.invalid("Plan %s asks what would be".formatted(id), List.of());
        }
        if (!plan.get("state").equals(Optional.of(new JsonString("planned")))) {
            throw SmoException.conflict("Plan %s was applied before".formatted(id));
        }
        JsonObject applying = plan.with("state", new JsonString("applying"));
        plans.put(id, applying);
        return applying;
    }

    @Override
    public boolean forget(String id, CallContext call) {
        return plans.remove(id) != null;
    }
}
