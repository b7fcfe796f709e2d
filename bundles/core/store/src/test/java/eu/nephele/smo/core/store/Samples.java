// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.store;

import eu.nephele.smo.api.graph.DeployRequest.StrategyOverride;
import eu.nephele.smo.api.graph.Drift;
import eu.nephele.smo.api.graph.PlaceRequest;
import eu.nephele.smo.api.graph.ServiceView.ServiceState;
import eu.nephele.smo.api.graph.Timestamps;
import eu.nephele.smo.api.model.ClusterId;
import eu.nephele.smo.api.model.Condition;
import eu.nephele.smo.api.model.DesiredState;
import eu.nephele.smo.api.model.GraphId;
import eu.nephele.smo.api.model.GraphPhase;
import eu.nephele.smo.api.model.JsonValue.JsonObject;
import eu.nephele.smo.api.model.Placement;
import eu.nephele.smo.api.model.Placement.Share;
import eu.nephele.smo.api.model.Resources;
import eu.nephele.smo.api.model.StrategySelection;
import eu.nephele.smo.api.model.StrategySelection.ObjectiveWeight;
import eu.nephele.smo.api.placement.DecisionReason;
import eu.nephele.smo.api.runtime.Operation.Fault;
import eu.nephele.smo.api.runtime.SmoException;
import eu.nephele.smo.core.contract.json.StrictJson;
import eu.nephele.smo.core.contract.store.DecidedGraph;
import eu.nephele.smo.core.contract.store.DecidedGraph.Constraints;
import eu.nephele.smo.core.contract.store.DecidedGraph.EffectiveService;
import eu.nephele.smo.core.contract.store.DecidedGraph.Provenance;
import eu.nephele.smo.core.contract.store.DecidedGraph.Transition;
import eu.nephele.smo.core.contract.store.DecisionRecord;
import eu.nephele.smo.core.contract.store.DecisionRecord.DecisionKind;
import eu.nephele.smo.core.contract.store.DecisionRecord.Snapshot;
import eu.nephele.smo.core.contract.store.Desired;
import eu.nephele.smo.core.contract.store.Desired.Declaration;
import eu.nephele.smo.core.contract.store.ObservedGraph;
import eu.nephele.smo.core.contract.store.ObservedGraph.ObservedService;
import eu.nephele.smo.core.contract.store.RequestedPlacement;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/** Values for tests, some with every field filled. */
final class Samples {

    static final Instant NOW = Instant.parse("2026-11-20T08:15:30.123456Z");
    static final ClusterId C1 = new ClusterId("sim", "c1");
    static final ClusterId C2 = new ClusterId("sim", "c2");
    static final ClusterId OTHER_C1 = new ClusterId("karmada", "c1");

    private Samples() {}

    static GraphId graph(String name) {
        return new GraphId("p1", name);
    }

    /** A plain graph of one service, named after it. */
    static Desired desired(GraphId graph) {
        return desired(graph, 1, List.of(graph.name() + "-service"));
    }

    static Desired desired(GraphId graph, long revision, List<String> services) {
        return new Desired(
                graph,
                revision,
                revision,
                DesiredState.RUNNING,
                new Declaration(JsonObject.EMPTY, services, StrategyOverride.NONE, 1, List.of()),
                false,
                RequestedPlacement.of(1, PlaceRequest.replace()),
                Set.of(),
                Map.of(),
                Map.of(),
                false,
                Timestamps.from(NOW));
    }

    static Desired retiring(Desired desired, Map<String, String> retiring) {
        return with(desired, retiring, desired.declaration().revision());
    }

    static Desired descriptorRevision(Desired desired, long number) {
        return with(desired, desired.retiring(), number);
    }

    private static Desired with(Desired desired, Map<String, String> retiring, long descriptorRevision) {
        Declaration declaration = desired.declaration();
        return new Desired(
                desired.id(),
                desired.generation(),
                desired.revision(),
                desired.state(),
                new Declaration(
                        declaration.descriptor(),
                        declaration.services(),
                        declaration.priority(),
                        declaration.override(),
                        descriptorRevision,
                        declaration.warnings()),
                desired.provisional(),
                desired.wish(),
                desired.activated(),
                retiring,
                Map.of(),
                desired.paused(),
                desired.times());
    }

    static Desired full(GraphId graph) {
        JsonObject descriptor = StrictJson.parseObject("""
                {"imVersion": "0.4.0", "id": "g", "text": "Ünïcödé \\" \\\\ \\n 🛰", "half": 0.5, "big": 12345678901234567890,
                 "none": null, "yes": true, "services": [{"id": "noise-reduction", "replicas": 2, "empty": {}, "list": []}]}""");
        Map<String, ObjectiveWeight> weights =
                Map.of("carbon", new ObjectiveWeight(0.1, 1), "moves", ObjectiveWeight.of(1e-7));
        StrategySelection all = new StrategySelection(
                Optional.of("optimal"),
                Optional.of("[1.0,2)"),
                StrictJson.parseObject("{\"gap\": 0.01}"),
                true,
                Optional.of(weights),
                OptionalInt.of(30));
        StrategySelection noObjectives = new StrategySelection(
                Optional.empty(),
                Optional.empty(),
                JsonObject.EMPTY,
                false,
                Optional.of(Map.of()),
                OptionalInt.empty());
        StrategySelection normalised = new StrategySelection(
                Optional.of("greedy"),
                Optional.empty(),
                JsonObject.EMPTY,
                false,
                Optional.of(ObjectiveWeight.in(weights, true)),
                OptionalInt.empty());
        PlaceRequest offload = new PlaceRequest(
                DecisionReason.OFFLOAD,
                Set.of("b", "a"),
                Optional.of(new ClusterId("a/b", "edge/3")),
                normalised,
                true);
        return new Desired(
                graph,
                7,
                3,
                DesiredState.STOPPED,
                new Declaration(
                        descriptor,
                        List.of("noise-reduction", "image-compression-vo", "detection"),
                        -7,
                        new StrategyOverride(all, noObjectives),
                        5,
                        List.of("/services/0: ignored", "second")),
                true,
                new RequestedPlacement(
                        4, offload, Map.of("b", OTHER_C1, "a", C2), "plan-7", Map.of("b", Set.of("f1", "f2"))),
                Set.of("detection", "noise-reduction"),
                Map.of("former", "HELM", "older", "image"),
                Map.of(),
                true,
                new Timestamps(NOW.minusSeconds(3600), NOW));
    }

    static DecidedGraph decided(long assignment) {
        return new DecidedGraph(
                1,
                1,
                assignment,
                Placement.NONE,
                Transition.DONE,
                Optional.empty(),
                Map.of(),
                List.of(),
                new Constraints(Map.of(), OptionalInt.empty(), "", List.of()),
                Provenance.NONE,
                NOW);
    }

    static DecidedGraph full(String decisionId) {
        Map<String, List<Share>> shares = new LinkedHashMap<>();
        shares.put("z-first", List.of(new Share(C1, 2), new Share(C2, 1), new Share(OTHER_C1, 0)));
        shares.put("a-second", List.of(new Share(C2, 3)));
        Map<String, EffectiveService> services = new LinkedHashMap<>();
        services.put("z-first", new EffectiveService(new Resources(500, 1L << 30, 0, 1, Map.of("mig", 2L)), 1, 3));
        services.put("a-second", new EffectiveService(new Resources(1, 2, 3, Resources.UNLIMITED), 0, 9));
        return new DecidedGraph(
                7,
                4,
                12,
                new Placement(shares),
                new Transition(
                        new Placement(Map.of("a-second", List.of(new Share(C1, 3)))),
                        Map.of(C1, new Resources(7, 8, 9, 1, Map.of("mig", 1L)), OTHER_C1, new Resources(1, 0, 0, 0)),
                        true),
                Optional.of(new Fault(SmoException.Kind.UPSTREAM_FAILED, "karmada", "chart: not found")),
                Map.of("z-first", C1, "a-second", OTHER_C1),
                List.of(NOW.minusSeconds(60), NOW.plusNanos(789)),
                new Constraints(services, OptionalInt.of(9), "highAvailability", List.of("one", "two")),
                new Provenance(decisionId, "optimal is missing: first-fit decided", List.of(C2, OTHER_C1, C1), true),
                NOW);
    }

    static ObservedGraph observed() {
        Map<String, ObservedService> services = new LinkedHashMap<>();
        services.put(
                "z-first",
                new ObservedService(
                        ServiceState.DEGRADED,
                        List.of(new Share(C1, 1), new Share(C2, 2)),
                        11,
                        Optional.of(NOW.plusNanos(789)),
                        List.of(new Share(C1, 2)),
                        "one replica is away"));
        services.put(
                "a-second", new ObservedService(ServiceState.PENDING, List.of(), 0, Optional.empty(), List.of(), ""));
        return new ObservedGraph(
                GraphPhase.DEGRADED,
                List.of(
                        new Condition(Condition.READY, Condition.Status.FALSE, "Degraded", "z-first: 1 of 2", NOW, 7),
                        new Condition(Condition.PLACED, Condition.Status.UNKNOWN, "Later", "", NOW, 6)),
                services,
                7,
                6,
                4,
                List.of(new Drift("z-first", "replicas", "2", "1", NOW)));
    }

    /** @param number makes ids that sort by it */
    static String id(int number) {
        return "d-%08d".formatted(number);
    }

    static DecisionRecord decision(GraphId graph, int number, Optional<Snapshot> inputs) {
        return new DecisionRecord(
                id(number),
                number % 2 == 0 ? DecisionKind.PLACEMENT : DecisionKind.SCALING,
                graph,
                3,
                NOW.plusSeconds(number),
                "scaling_interval",
                new DecisionRecord.Strategy("optimal", "0.1.0"),
                "scaled",
                true,
                Duration.ofNanos(1_234_567),
                inputs,
                StrictJson.parseObject(
                        "{\"replicas\": {\"a\": 2}, \"terms\": [{\"objective\": \"moves\", \"cost\": 1.25}]}"));
    }

    static Snapshot snapshot(String content) {
        return new Snapshot(
                "%64s".formatted(Integer.toHexString(content.hashCode())).replace(' ', '0'),
                StrictJson.parseObject("{\"clusters\": [{\"name\": \"" + content + "\", \"cpu\": 12000}]}"));
    }

    static Map<ClusterId, Resources> cpu(ClusterId cluster, long cpuMillis) {
        return Map.of(cluster, new Resources(cpuMillis, 0, 0, 0));
    }
}
