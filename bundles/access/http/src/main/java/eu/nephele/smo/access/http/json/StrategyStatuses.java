// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.access.http.json;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import eu.nephele.smo.api.runtime.CallContext;
import eu.nephele.smo.core.contract.decision.StrategyControl;
import eu.nephele.smo.core.contract.decision.StrategyControl.Standing;
import eu.nephele.smo.core.contract.decision.StrategyRef;
import eu.nephele.smo.core.contract.plugin.Plugin.OfferedService;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/** How strategies, objectives and intent handlers stand at one moment. */
public final class Standings {

    private final Map<StrategyRef, Standing> standings = new LinkedHashMap<>();

    private Standings() {}

    /** None while the room that counts is away: what is installed is shown all the same. */
    public static Standings now(Supplier<Optional<StrategyControl>> control, CallContext call) {
        Standings now = new Standings();
        control.get().ifPresent(there -> there.standings(call)
                .forEach(standing -> now.standings.put(standing.ref(), standing)));
        return now;
    }

    /** JSON, null when nothing is known of it. */
    public JsonNode of(OfferedService service) {
        return json(new StrategyRef(service.kind(), service.name(), service.version()));
    }

    public JsonNode json(StrategyRef ref) {
        return find(ref).<JsonNode>map(Standings::json).orElseGet(JsonNodeFactory.instance::nullNode);
    }

    public Optional<Standing> find(StrategyRef ref) {
        return Optional.ofNullable(standings.get(ref));
    }

    public Iterable<Standing> all() {
        return standings.values();
    }

    public static ObjectNode json(Standing standing) {
        ObjectNode node = JsonNodeFactory.instance.objectNode();
        node.put("state", standing.state().name())
                .put("why", standing.why())
                .put("since", standing.since().toString())
                .put("bundleVersion", standing.bundleVersion())
                .put("calls", standing.calls())
                .put("decisions", standing.decisions())
                .put(
                        "lastDecisionAt",
                        standing.lastDecisionAt().map(Instant::toString).orElse(null))
                .put("faults", standing.faults());
        ArrayNode latest = node.putArray("latestFaults");
        standing.latest().forEach(fault -> latest.addObject()
                .put("at", fault.at().toString())
                .put("who", fault.fault().who())
                .put("what", fault.fault().what())
                .put("message", fault.fault().message()));
        node.put("abandonedThreads", standing.abandonedThreads());
        return node;
    }
}
