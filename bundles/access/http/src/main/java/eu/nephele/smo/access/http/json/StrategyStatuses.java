// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.access.http.json;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import eu.nephele.smo.api.runtime.CallContext;
import eu.nephele.smo.core.contract.decision.StrategyControl;
import eu.nephele.smo.core.contract.decision.StrategyControl.StrategyStatus;
import eu.nephele.smo.core.contract.decision.StrategyRef;
import eu.nephele.smo.core.contract.plugin.Plugin.OfferedService;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/** Snapshot of the status of strategies, objectives and intent handlers. */
public final class StrategyStatuses {

    private final Map<StrategyRef, StrategyStatus> standings = new LinkedHashMap<>();

    private StrategyStatuses() {}

    /** Empty while the counting service is unavailable: installed strategies are shown nevertheless. */
    public static StrategyStatuses now(Supplier<Optional<StrategyControl>> control, CallContext call) {
        StrategyStatuses now = new StrategyStatuses();
        control.get().ifPresent(there -> there.standings(call)
                .forEach(strategyStatus -> now.standings.put(strategyStatus.ref(), strategyStatus)));
        return now;
    }

    /** JSON, null when the status is unknown. */
    public JsonNode toJson(OfferedService service) {
        return json(new StrategyRef(service.kind(), service.name(), service.version()));
    }

    public JsonNode json(StrategyRef ref) {
        return find(ref).<JsonNode>map(StrategyStatuses::json).orElseGet(JsonNodeFactory.instance::nullNode);
    }

    public Optional<StrategyStatus> find(StrategyRef ref) {
        return Optional.ofNullable(standings.get(ref));
    }

    public Iterable<StrategyStatus> all() {
        return standings.values();
    }

    public static ObjectNode json(StrategyStatus strategyStatus) {
        ObjectNode node = JsonNodeFactory.instance.objectNode();
        node.put("state", strategyStatus.state().name())
                .put("why", strategyStatus.why())
                .put("since", strategyStatus.since().toString())
                .put("bundleVersion", strategyStatus.bundleVersion())
                .put("calls", strategyStatus.calls())
                .put("decisions", strategyStatus.decisions())
                .put(
                        "lastDecisionAt",
                        strategyStatus.lastDecisionAt().map(Instant::toString).orElse(null))
                .put("faults", strategyStatus.faults());
        ArrayNode latest = node.putArray("latestFaults");
        strategyStatus.latest().forEach(fault -> latest.addObject()
                .put("at", fault.at().toString())
                .put("who", fault.fault().who())
                .put("what", fault.fault().what())
                .put("message", fault.fault().message()));
        node.put("abandonedThreads", strategyStatus.abandonedThreads());
        return node;
    }
}
