// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.strategies.intent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import eu.nephele.smo.api.intent.Intent;
import eu.nephele.smo.api.intent.IntentHandler;
import eu.nephele.smo.api.intent.Requirements;
import eu.nephele.smo.api.model.Artifact;
import eu.nephele.smo.api.model.ClusterId;
import eu.nephele.smo.api.model.ClusterSignals;
import eu.nephele.smo.api.model.ClusterState;
import eu.nephele.smo.api.model.EnergyProfile;
import eu.nephele.smo.api.model.Graph;
import eu.nephele.smo.api.model.GraphId;
import eu.nephele.smo.api.model.JsonValue.JsonObject;
import eu.nephele.smo.api.model.LifecyclePolicy;
import eu.nephele.smo.api.model.Placement;
import eu.nephele.smo.api.model.Placement.Share;
import eu.nephele.smo.api.model.Resources;
import eu.nephele.smo.api.model.ServiceScaling;
import eu.nephele.smo.api.model.ServiceSpec;
import eu.nephele.smo.api.model.StrategySelection;
import eu.nephele.smo.api.model.StrategySelection.ObjectiveWeight;
import eu.nephele.smo.api.model.Trigger;
import eu.nephele.smo.api.placement.ReplicaDivision;
import eu.nephele.smo.api.placement.ReplicaDivision.Proportion;
import eu.nephele.smo.api.runtime.CallContext;
import eu.nephele.smo.api.runtime.SmoException;
import eu.nephele.smo.api.runtime.Violation;
import eu.nephele.smo.core.contract.decision.PlacedGraphs;
import eu.nephele.smo.core.contract.decision.StrategyRef;
import eu.nephele.smo.core.contract.decision.TranslatedIntents;
import eu.nephele.smo.core.contract.decision.TranslatedIntents.Latencies;
import eu.nephele.smo.core.contract.decision.TranslatedIntents.Neighbours;
import eu.nephele.smo.core.contract.decision.TranslatedIntents.ReplicaBounds;
import eu.nephele.smo.core.contract.decision.TranslatedIntents.ServicePair;
import eu.nephele.smo.core.contract.decision.TranslatedIntents.ServicePreference;
import eu.nephele.smo.core.contract.decision.TranslatedIntents.SharedLabel;
import eu.nephele.smo.core.strategies.StrategyHost;
import eu.nephele.smo.core.strategies.registry.RegistryEntry;
import eu.nephele.smo.core.strategies.registry.ServiceKind;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BiConsumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(30)
class HandlerTranslatorTest {
    private final StrategyHost strategyHost = new StrategyHost();

    @AfterEach
    void close() {
        strategyHost.close();
    }

    private static ClusterState cluster(String name) {
        return new ClusterState(
                StrategyHost.id(name),
                true,
                StrategyHost.cores(4),
                Resources.NONE,
                "",
                Map.of(),
                EnergyProfile.UNKNOWN,
                Set.of(),
                StrategyHost.NOW);
    }

    private static Graph graph(String ofGraph, String ofServiceA) {
        return new Graph(
                StrategyHost.GRAPH,
                "",
                false,
                StrategyHost.json(ofGraph).members(),
                List.of(service("a", ofServiceA), service("b", "{}"), service("c", "{}")),
                List.of(),
                StrategySelection.UNSPECIFIED,
                StrategySelection.UNSPECIFIED,
                LifecyclePolicy.STANDARD,
                Graph.STANDARD_PRIORITY,
                JsonObject.EMPTY);
    }

    private static ServiceSpec service(String id, String intents) {
        return new ServiceSpec(
                id,
                new Trigger.Auto(List.of()),
                new Artifact("oci://x/y", "App", "HELM", "HELM", JsonObject.EMPTY),
                StrategyHost.json(intents).members(),
                ServiceScaling.UNSPECIFIED);
    }

    private Map<ClusterId, ClusterSignals> signals = Map.of();

    private TranslatedIntents translate(Graph graph) {
        return strategyHost.strategies.intents().translate(graph, List.of(cluster("c1"), cluster("c2")), signals);
    }

    private SmoException refused(Graph graph) {
        return catchThrowableOfType(SmoException.class, () -> translate(graph));
    }

    private static IntentHandler handler(BiConsumer<Intent, Requirements> meaning) {
        return new IntentHandler() {
            @Override
            public Set<Scope> scopes(String name) {
                return Set.of(Scope.GRAPH, Scope.SERVICE);
            }

            @Override
            public JsonObject schema(String name, Scope scope) {
                return JsonObject.EMPTY;
            }

            @Override
            public void apply(Intent intent, Requirements requirements) {
                meaning.accept(intent, requirements);
            }
        };
    }

    @ParameterizedTest
    @CsvSource({"101, 10", "1, 318"})
    void aHandlerThatAsksForMoreKindsOfResourcesThanAnybodyHasIsAtFault(int kinds, int characters) {
        Map<String, Long> extended = new TreeMap<>();
        for (int i = 0; i < kinds; i++) {
            extended.put("r%03d".formatted(i) + "x".repeat(characters - 4), 1L);
        }
        strategyHost.intent(
                handler((intent, requirements) -> requirements.resources("a", new Resources(1, 0, 0, 0, extended))),
                "one");
        SmoException refused = catchThrowableOfType(SmoException.class, () -> translate(graph("{'one':1}", "{}")));
        assertThat(refused).hasMessageContaining("one");
    }

    @Test
    void intentsOfTheGraphComeBeforeThoseOfServices() {
        List<String> order = Collections.synchronizedList(new ArrayList<>());
        strategyHost.intent(handler((intent, requirements) -> order.add(intent.pointer())), "one", "two");
        translate(graph("{'two':1,'one':1}", "{'one':1}"));
        assertThat(order)
                .containsExactly(
                        "/hdaGraph/hdaGraphIntent/two",
                        "/hdaGraph/hdaGraphIntent/one",
                        "/hdaGraph/services/0/deployment/intent/one");
    }

    @Test
    void aRuleMayBeAboutTheSignalsOfTheMoment() {
        strategyHost.intent(
                handler((intent, requirements) -> requirements.allowOnly(
                        "a",
                        (cluster, seen) -> seen.carbonGramsPerKwh().orElse(Double.MAX_VALUE) <= 200,
                        "nowhere above 200 g/kWh")),
                "carbon_cap");
        ClusterId c1 = cluster("c1").id();
        signals = Map.of(c1, carbon(150));

        assertThat(translate(graph("{'carbon_cap':200}", "{}")).forbidden())
                .as("of c2 nothing is known")
                .isEqualTo(Map.of("a", Map.of(cluster("c2").id(), "nowhere above 200 g/kWh")));
        signals = Map.of(c1, carbon(201), cluster("c2").id(), carbon(10));
        assertThat(translate(graph("{'carbon_cap':200}", "{}")).forbidden().get("a"))
                .containsOnlyKeys(c1);
    }

    private static ClusterSignals carbon(double grams) {
        return new ClusterSignals(OptionalDouble.of(grams), OptionalDouble.empty(), OptionalDouble.empty(), List.of());
    }

    @Test
    void everythingThatHandlersSayAddsUp() {
        strategyHost.intent(
                handler((intent, requirements) -> {
                    requirements.resources("a", StrategyHost.cores(1));
                    requirements.resources("a", StrategyHost.cores(2));
                    requirements.allowOnly("a", cluster -> cluster.id().name().equals("c1"), "only c1");
                    requirements.allowOnly("a", cluster -> false, "nowhere");
                    requirements.together(Set.of("a", "b"));
                    requirements.apart("c", "a");
                    requirements.apart("a", "c");
                    requirements.shareLabel(Set.of("a", "b"), "zone", "in one zone");
                    requirements.shareLabel(Set.of("b", "c"), "zone", "in one zone, too");
                    requirements.prefer(
                            "a", (cluster, signals) -> cluster.id().name().equals("c2"), 3, "rather c2");
                    requirements.assumeLatency("zone", 4);
                    requirements.assumeLatency("zone", 5);
                    requirements.maxLatency("a", "b", 20);
                    requirements.maxLatency("a", "b", 10);
                    requirements.spread("a", ReplicaDivision.over(2));
                    requirements.spread("a", ReplicaDivision.over(1));
                    requirements.replicas("a", OptionalInt.of(1), OptionalInt.of(9));
                    requirements.replicas("a", OptionalInt.of(2), OptionalInt.empty());
                    requirements.totalReplicas(OptionalInt.empty(), OptionalInt.of(20));
                    requirements.weight("carbon", new ObjectiveWeight(0.5, 1));
                    requirements.weight("carbon", new ObjectiveWeight(0.25, 0));
                    requirements.keepPlacement("final");
                    requirements.warn("mind this");
                    requirements.warn("mind this");
                }),
                "all");
        assertThat(translate(graph("{'all':true}", "{}")))
                .isEqualTo(new TranslatedIntents(
                        Map.of("a", StrategyHost.cores(2)),
                        Map.of("a", Map.of(StrategyHost.id("c2"), "only c1", StrategyHost.id("c1"), "nowhere")),
                        new Neighbours(
                                List.of(Set.of("a", "b")),
                                List.of(new ServicePair("a", "c")),
                                List.of(new SharedLabel(Set.of("a", "b", "c"), "zone", "in one zone"))),
                        new Latencies(Map.of(new ServicePair("a", "b"), 10.0), Map.of("zone", 5.0)),
                        Map.of("a", ReplicaDivision.over(2)),
                        Map.of("a", new ReplicaBounds(OptionalInt.of(2), OptionalInt.of(9))),
                        new ReplicaBounds(OptionalInt.empty(), OptionalInt.of(20)),
                        Map.of("carbon", new ObjectiveWeight(0.75, 0), "preferences", ObjectiveWeight.of(1)),
                        List.of(new ServicePreference("a", 3, "rather c2", Set.of(StrategyHost.id("c1")))),
                        "final",
                        List.of("mind this")));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            quoteCharacter = '`',
            value = {
                "{'security':{'enabled':true}}; {}; 1",
                "{'security':{'enabled':false},'highPerformance':{'enabled':'False'}}; {}; 0",
                "{'energyEfficiency':{'enabled':true},'highAvailability':{'enabled':true}}; {}; 2",
                "{'useStaticPlacement':true,'x-note':'hello'}; {'connectionPoints':['b']}; 0",
                "{}; {'coLocation':[],'metrics':[{}]}; 0",
                "{}; {'coLocation':['b']}; 1",
                "{}; {'network':{'deviceProximity':{'enabled':false},'latencies':[{'connectionPoint':'b','qos':'best-effort'}]}}; 0",
                "{}; {'network':{'latencies':[{'connectionPoint':'b','qos':'ultralow'}]}}; 1",
                "{}; {'network':{'latencies':[{'connectionPoint':'b','maxMillis':5}]}}; 0",
                "{}; {'network':{'deviceProximity':{'enabled':true}}}; 1",
                "{'offload_policy':'aggressive'}; {}; 1"
            })
    void whatNobodyHandlesIsAWarningWhenItAsksForSomething(String ofGraph, String ofService, int warnings) {
        assertThat(translate(graph(ofGraph, ofService)).warnings()).hasSize(warnings);
    }

    @ParameterizedTest
    @ValueSource(strings = {"compute", "location", "antiAffinity", "spread"})
    void aHardConstraintWithoutItsHandlerIsUnavailable(String name) {
        SmoException refused = refused(graph("{}", "{'%s':{}}".formatted(name)));
        assertThat(refused.kind()).isEqualTo(SmoException.Kind.UNAVAILABLE);
        assertThat(refused.retryAfter()).isPresent();
        assertThat(refused).hasMessageContaining("/hdaGraph/services/0/deployment/intent/" + name);
    }

    @Test
    void anIntentWhoseHandlerWasThereAndIsGoneIsUnavailable() {
        strategyHost.intent(handler((intent, requirements) -> {}), "partners").close();
        assertThat(refused(graph("{'partners':1}", "{}")).kind()).isEqualTo(SmoException.Kind.UNAVAILABLE);
    }

    @Test
    void allValuesThatHandlersRefuseAreReportedAtOnceWithTheirPlace() {
        strategyHost.intent(
                handler((intent, requirements) -> {
                    throw new IllegalArgumentException(
                            "no sense in " + intent.value().toJson());
                }),
                "odd");
        SmoException refused = refused(graph("{'odd':1}", "{'odd':2}"));
        assertThat(refused.kind()).isEqualTo(SmoException.Kind.INVALID);
        assertThat(refused.violations())
                .containsExactly(
                        new Violation("/hdaGraph/hdaGraphIntent/odd", "no sense in 1"),
                        new Violation("/hdaGraph/services/0/deployment/intent/odd", "no sense in 2"));
    }

    private static ReplicaDivision limits(int minPerCluster, int maxPerCluster) {
        return new ReplicaDivision(1, minPerCluster, maxPerCluster, 0, Proportion.EQUAL, Map.of());
    }

    @Test
    void requirementsThatMakeNoSenseAreRefusedWithTheirPlace() {
        List<BiConsumer<Intent, Requirements>> wrong = List.of(
                (intent, requirements) -> requirements.apart("a", "ghost"),
                (intent, requirements) -> requirements.apart("a", "a"),
                (intent, requirements) -> requirements.maxLatency("a", "b", Double.NaN),
                (intent, requirements) -> requirements.assumeLatency("zone", -1),
                (intent, requirements) -> requirements.prefer("a", (cluster, seen) -> true, 0, "for nothing"),
                (intent, requirements) -> requirements.shareLabel(Set.of("ghost"), "zone", "together"),
                (intent, requirements) -> requirements.nextTo("ghost", "camera", "detect"),
                (intent, requirements) -> {
                    requirements.together(Set.of("a", "b"));
                    requirements.together(Set.of("b", "c"));
                    requirements.apart("a", "c");
                },
                (intent, requirements) -> {
                    requirements.apart("a", "c");
                    requirements.together(Set.of("a", "b"));
                    requirements.together(Set.of("b", "c"));
                },
                (intent, requirements) -> {
                    requirements.spread("a", limits(3, 9));
                    requirements.spread("a", limits(1, 2));
                },
                (intent, requirements) -> requirements.replicas("a", OptionalInt.of(3), OptionalInt.of(2)),
                (intent, requirements) -> {
                    requirements.totalReplicas(OptionalInt.of(3), OptionalInt.empty());
                    requirements.totalReplicas(OptionalInt.empty(), OptionalInt.of(2));
                });
        for (int i = 0; i < wrong.size(); i++) {
            strategyHost.intent(handler(wrong.get(i)), "wrong" + i);
            SmoException refused = refused(graph("{'wrong%d':1}".formatted(i), "{}"));
            assertThat(refused.violations())
                    .extracting(Violation::pointer)
                    .containsExactly("/hdaGraph/hdaGraphIntent/wrong" + i);
        }
    }

    @Test
    void aServiceIsAllowedOnlyWhereTheOneOfTheOtherGraphIs() {
        strategyHost.intent(handler((intent, requirements) -> requirements.nextTo("a", "camera", "detect")), "near");
        Graph graph = graph("{'near':1}", "{}");
        GraphId camera = new GraphId(graph.id().project(), "camera");
        Placement there = new Placement(Map.of("detect", List.of(new Share(StrategyHost.id("c2"), 1))));

        assertThat(translate(graph, id -> id.equals(camera) ? Optional.of(there) : Optional.empty()))
                .isEqualTo(Map.of(
                        "a",
                        Map.of(
                                StrategyHost.id("c1"),
                                "has to be next to service detect of graph camera, which is on c2")));
        assertThat(translate(graph, PlacedGraphs.NONE).get("a"))
                .containsOnlyKeys(StrategyHost.id("c1"), StrategyHost.id("c2"))
                .containsValue("has to be next to service detect of graph camera, which is placed nowhere");
    }

    private Map<String, Map<ClusterId, String>> translate(Graph graph, PlacedGraphs others) {
        return strategyHost
                .strategies
                .intents()
                .translate(graph, List.of(cluster("c1"), cluster("c2")), signals, others)
                .forbidden();
    }

    @ParameterizedTest
    @ValueSource(strings = {"security", "coLocation", "network", "highPerformance"})
    void aHardIntentOfTheReferenceIsNotSkippedWhenItsHandlerFailsOrIsGone(String name) {
        RegistryEntry registered = strategyHost.intent(
                handler((intent, requirements) -> {
                    throw new IllegalStateException("broken");
                }),
                name);
        Graph graph = graph("{}", "{'%s':{'enabled':true,'deviceProximity':{'enabled':true}}}".formatted(name));
        assertThat(refused(graph).kind()).isEqualTo(SmoException.Kind.UNAVAILABLE);
        registered.close();
        assertThat(refused(graph).kind()).isEqualTo(SmoException.Kind.UNAVAILABLE);
    }

    @Test
    void anIntentWhoseHandlerFailsHasNoEffect() {
        strategyHost.intent(
                handler((intent, requirements) -> {
                    requirements.keepPlacement("half done");
                    throw new IllegalStateException("broken");
                }),
                "highAvailability");
        TranslatedIntents translated = translate(graph("{'highAvailability':{'enabled':true}}", "{}"));
        assertThat(translated.keepPlacement()).isEmpty();
        assertThat(translated.warnings()).singleElement().asString().contains("failed");
    }

    @ParameterizedTest
    @CsvSource({"1, 501", "51, 5", "10001, 0"})
    void aHandlerThatSaysTooMuchHasNoEffectAlsoWhenItDoesNotMind(int times, int characters) {
        strategyHost.intent(
                handler((intent, requirements) -> {
                    for (int i = 0; i < times; i++) {
                        try {
                            if (characters == 0) {
                                requirements.totalReplicas(OptionalInt.empty(), OptionalInt.empty());
                            } else {
                                requirements.warn("x".repeat(characters));
                            }
                        } catch (RuntimeException told) {
                            // as if nothing were the matter
                            Thread.onSpinWait();
                        }
                    }
                }),
                "highAvailability");
        TranslatedIntents translated = translate(graph("{'highAvailability':{'enabled':true}}", "{}"));
        assertThat(translated.warnings()).singleElement().asString().contains("failed");
    }

    @Test
    void aConstraintWhoseHandlerFailsOrSleepsIsUnavailable() {
        strategyHost.intent(
                handler((intent, requirements) -> {
                    throw new IllegalStateException("broken");
                }),
                "location");
        strategyHost.intent(
                handler((intent, requirements) -> {
                    try {
                        new CountDownLatch(1).await();
                    } catch (InterruptedException e) {
                        Thread.currentThread().interrupt();
                    }
                }),
                "partners");
        assertThat(refused(graph("{}", "{'location':{}}")).kind()).isEqualTo(SmoException.Kind.UNAVAILABLE);
        assertThat(refused(graph("{'partners':{}}", "{}")).kind()).isEqualTo(SmoException.Kind.UNAVAILABLE);
    }

    @Test
    void aHardConstraintWhoseHandlerWasEjectedIsUnavailableAndSaysWhy() {
        strategyHost.intent(handler((intent, requirements) -> {}), "location");
        strategyHost
                .strategies
                .control()
                .eject(new StrategyRef("intent", "location", "0.0.0"), "forbids everything", CallContext.INTERNAL);
        assertThat(refused(graph("{}", "{'location':{}}")))
                .hasMessageContaining("its handler location 0.0.0 was ejected: forbids everything");
    }

    @Test
    void allIntentsOfAGraphAreTranslatedByOneVersionAlthoughAnotherComesMeanwhile() {
        AtomicReference<RegistryEntry> first = new AtomicReference<>();
        IntentHandler second = handler((intent, requirements) -> requirements.warn("by the second"));
        first.set(strategyHost.intent(
                handler((intent, requirements) -> {
                    requirements.warn("by the first");
                    if (intent.service().isEmpty()) {
                        // it has translated the intent of the graph; before that of the service another handler takes
                        // over
                        new Thread(() -> first.get().close()).start();
                        while (!strategyHost
                                .strategies
                                .registry()
                                .offers(ServiceKind.INTENT)
                                .isEmpty()) {
                            Thread.onSpinWait();
                        }
                        strategyHost.intent(second, "odd");
                    }
                }),
                "odd"));
        assertThat(translate(graph("{'odd':1}", "{'odd':2}")).warnings()).containsExactly("by the second");
    }
}
