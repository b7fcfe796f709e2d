// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.access.rest;

import eu.nephele.smo.api.intent.IntentHandler.Scope;
import eu.nephele.smo.api.model.ClusterId;
import eu.nephele.smo.api.model.GraphId;
import eu.nephele.smo.api.model.JsonValue.JsonArray;
import eu.nephele.smo.api.model.JsonValue.JsonObject;
import eu.nephele.smo.api.model.JsonValue.JsonString;
import eu.nephele.smo.api.model.Resources;
import eu.nephele.smo.api.model.StrategySelection;
import eu.nephele.smo.api.runtime.CallContext;
import eu.nephele.smo.api.runtime.Violation;
import eu.nephele.smo.core.contract.decision.DecisionService;
import eu.nephele.smo.core.contract.decision.StrategyCatalog;
import eu.nephele.smo.core.contract.decision.StrategyRef;
import eu.nephele.smo.core.contract.json.JsonFieldWriter;
import eu.nephele.smo.core.contract.store.CapacityStore;
import eu.nephele.smo.core.contract.store.DecisionRecord;
import eu.nephele.smo.core.contract.store.DecisionStore;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Decisions, catalogue and capacity with fixed content. */
final class InMemoryCore implements DecisionService, StrategyCatalog, CapacityStore {

    final List<DecisionRecord> decisions = new ArrayList<>();

    static DecisionRecord decision(GraphId graph, String id, DecisionRecord.DecisionKind kind) {
        return new DecisionRecord(
                id,
                kind,
                graph,
                1,
                Instant.parse("2026-11-01T00:00:00Z"),
                "deploy",
                new DecisionRecord.Strategy("first-fit", "0.1.0"),
                "placed",
                false,
                Duration.ofNanos(1_234_567),
                kind == DecisionRecord.DecisionKind.PLACEMENT
                        ? Optional.of(new DecisionRecord.Snapshot("abc", JsonObject.EMPTY))
                        : Optional.empty(),
                JsonObject.EMPTY.with("seed", new JsonString("1")));
    }

    @Override
    public Optional<DecisionRecord> find(GraphId graph, String id, CallContext call) {
        return decisions.stream()
                .filter(decision ->
                        decision.graph().equals(graph) && decision.id().equals(id))
                .findFirst();
    }

    @Override
    public List<DecisionRecord> list(GraphId graph, DecisionStore.Query query, CallContext call) {
        return decisions.stream()
                .filter(decision -> decision.graph().equals(graph))
                .filter(decision -> query.kind().map(decision.kind()::equals).orElse(true))
                .filter(decision -> query.beforeId()
                        .map(before -> decision.id().compareTo(before) < 0)
                        .orElse(true))
                .sorted((one, other) -> other.id().compareTo(one.id()))
                .limit(query.limit())
                .toList();
    }

    @Override
    public Optional<JsonObject> explain(GraphId graph, String decisionId, String service, CallContext call) {
        return find(graph, decisionId, call).map(decision -> explanation(decision, service, true));
    }

    @Override
    public Optional<JsonObject> explainAttempt(GraphId graph, String service, CallContext call) {
        return decisions.stream()
                .filter(decision -> decision.graph().equals(graph))
                .findFirst()
                .map(decision -> explanation(decision, service, false));
    }

    private static JsonObject explanation(DecisionRecord decision, String service, boolean placed) {
        return new JsonFieldWriter()
                .put("service", service)
                .put("placed", placed)
                .put("inForce", placed)
                .put("decisionId", decision.id())
                .put("reason", decision.reason())
                .put("at", decision.at().toString())
                .put("generation", decision.generation())
                .put("strategy", decision.strategy().id())
                .put("strategyVersion", decision.strategy().version())
                .put("fallback", decision.fallback())
                .put("durationMillis", 1.5)
                .put("inputsDigest", "d0")
                .put("rejected", JsonArray.ofStrings(List.of()))
                .put("text", JsonArray.ofStrings(placed ? List.of() : List.of("not placed")))
                .object();
    }

    @Override
    public Optional<JsonObject> verify(GraphId graph, String decisionId, CallContext call) {
        return decisions.stream()
                .filter(decision -> decision.id().equals(decisionId))
                .findFirst()
                .map(decision -> JsonObject.EMPTY.with("decision", new JsonString(decisionId)));
    }

    @Override
    public Optional<JsonObject> explainScaling(GraphId graph, String service, CallContext call) {
        return decisions.stream()
                .filter(decision -> decision.graph().equals(graph))
                .filter(decision -> decision.kind() == DecisionRecord.DecisionKind.SCALING)
                .findFirst()
                .map(decision -> new JsonFieldWriter()
                        .put("decisionId", decision.id())
                        .put("at", decision.at().toString())
                        .put("strategy", decision.strategy().id())
                        .put("strategyVersion", decision.strategy().version())
                        .put("outcome", decision.outcome())
                        .put("shares", JsonArray.ofStrings(List.of()))
                        .put("text", JsonArray.ofStrings(List.of("2 to 3 replicas")))
                        .object());
    }

    @Override
    public List<InstalledStrategy> strategies() {
        return List.of(new InstalledStrategy(
                new StrategyRef(StrategyRef.PLACEMENT, "first-fit", "0.1.0"),
                "eu.nephele.smo.placement.firstfit",
                Set.of(),
                JsonObject.EMPTY,
                true));
    }

    @Override
    public List<Default> defaults(CallContext call) {
        return List.of(
                new Default("initialPlacement", "first-fit", false, ""),
                new Default("replacement", "doesnotexist", true, "no placement strategy 'doesnotexist' is installed"));
    }

    @Override
    public Default defaultWith(String key, String value) {
        throw new IllegalArgumentException(key);
    }

    @Override
    public List<InstalledObjective> objectives() {
        return List.of(new InstalledObjective("moves", "", "eu.nephele.smo.placement.objectives", "0.1.0", 1));
    }

    @Override
    public List<InstalledIntent> intents() {
        return List.of(new InstalledIntent(
                "compute", "eu.nephele.smo.intents.compute", "0.1.0", Map.of(Scope.SERVICE, JsonObject.EMPTY)));
    }

    @Override
    public long revision() {
        return 1;
    }

    @Override
    public List<Violation> check(String kind, StrategySelection selection, String pointer) {
        return selection.id().filter(id -> !id.equals("first-fit")).stream()
                .map(id -> new Violation(pointer + "/id", "no %s strategy '%s' is installed".formatted(kind, id)))
                .toList();
    }

    @Override
    public void setLimits(Map<ClusterId, Resources> limits) {
        throw new UnsupportedOperationException("the interface sets no limits");
    }

    @Override
    public Map<ClusterId, Resources> reserved() {
        return Map.of(InMemoryGraphs.C2, new Resources(4000, 0, 0, 0));
    }

    @Override
    public Map<ClusterId, Resources> reservedBy(GraphId graph) {
        return Map.of();
    }

    @Override
    public Map<GraphId, Map<ClusterId, Resources>> rebuild() {
        throw new UnsupportedOperationException("the interface rebuilds nothing");
    }
}
