// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.strategies.placement;

import static eu.nephele.smo.core.strategies.StrategyHost.allOn;
import static eu.nephele.smo.core.strategies.StrategyHost.id;
import static eu.nephele.smo.core.strategies.StrategyHost.request;
import static eu.nephele.smo.core.strategies.StrategyHost.weights;
import static eu.nephele.smo.core.strategies.StrategyHost.wish;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import eu.nephele.smo.api.model.Placement;
import eu.nephele.smo.api.model.StrategySelection.ObjectiveWeight;
import eu.nephele.smo.api.placement.DecisionReason;
import eu.nephele.smo.api.placement.PlacementLink;
import eu.nephele.smo.api.placement.PlacementRequest;
import eu.nephele.smo.api.placement.PlacementRequestBuilder;
import eu.nephele.smo.api.placement.PlacementResult;
import eu.nephele.smo.api.placement.PlacementResult.Infeasible;
import eu.nephele.smo.api.placement.PlacementResult.Placed;
import eu.nephele.smo.api.placement.PlacementResult.Quality;
import eu.nephele.smo.api.placement.PlacementService;
import eu.nephele.smo.api.placement.PlacementStrategy;
import eu.nephele.smo.core.contract.decision.EffectiveValue;
import eu.nephele.smo.core.contract.decision.ObjectiveTerm;
import eu.nephele.smo.core.contract.decision.PlacementOutcome;
import eu.nephele.smo.core.contract.decision.StrategyFault;
import eu.nephele.smo.core.strategies.StrategyHost;
import eu.nephele.smo.core.strategies.registry.RegistryEntry;
import eu.nephele.smo.core.strategies.registry.ServiceKind;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

@Timeout(30)
class PlacementDecisionsTest {
    private static final PlacementRequest DEPLOY = request(DecisionReason.DEPLOY);
    private static final PlacementRequest REPLACE = request(DecisionReason.REPLACE);

    private final StrategyHost strategyHost = new StrategyHost();

    @BeforeEach
    void stock() {
        strategyHost.placement("first-fit", allOn(0));
        strategyHost.placement("greedy", allOn(1));
        strategyHost.placement("optimal", allOn(1));
        strategyHost.objective("moves", (request, costs) -> costs.assign(0, 0, 1));
    }

    @AfterEach
    void close() {
        strategyHost.close();
    }

    private static String decidedBy(PlacementOutcome outcome) {
        return outcome.decidedBy().id() + " " + outcome.decidedBy().version();
    }

    private static Optional<EffectiveValue> effective(PlacementOutcome outcome, String name) {
        return outcome.effective().stream()
                .filter(value -> value.name().equals(name))
                .findFirst();
    }

    private static void assertClean(PlacementOutcome outcome, String decidedBy) {
        assertThat(decidedBy(outcome)).isEqualTo(decidedBy);
        assertThat(outcome.fallback()).isFalse();
        assertThat(outcome.faults()).isEmpty();
        assertThat(outcome.result()).isInstanceOf(Placed.class);
    }

    @Test
    void theConfiguredStrategyDecidesByReason() {
        assertClean(strategyHost.decide(DEPLOY), "first-fit 1.0.0");
        assertClean(strategyHost.decide(request(DecisionReason.START)), "first-fit 1.0.0");
        for (DecisionReason reason : List.of(
                DecisionReason.UPDATE,
                DecisionReason.REPLACE,
                DecisionReason.FAILOVER,
                DecisionReason.DRAIN,
                DecisionReason.MOVE,
                DecisionReason.OFFLOAD,
                DecisionReason.SCALE)) {
            assertClean(strategyHost.decide(request(reason)), "optimal 1.0.0");
        }
    }

    @Test
    void theGraphsOwnChoiceOverridesTheConfiguration() {
        PlacementOutcome outcome = strategyHost.decide(DEPLOY, wish("descriptor", "greedy"));
        assertClean(outcome, "greedy 1.0.0");
        assertThat(effective(outcome, "strategy").orElseThrow().source()).isEqualTo("descriptor");
    }

    @Test
    void aGraphThatWeighsObjectivesItsOwnWayStartsWithGreedy() {
        Map<String, ObjectiveWeight> own = Map.of("moves", ObjectiveWeight.of(2));
        assertClean(strategyHost.decide(DEPLOY, weights("descriptor", own)), "greedy 1.0.0");
        assertClean(strategyHost.strategies.placement().decide(DEPLOY, List.of(), own), "greedy 1.0.0");
        assertClean(
                strategyHost.decide(DEPLOY, weights("descriptor", Map.of("moves", ObjectiveWeight.of(1)))),
                "first-fit 1.0.0");
        assertClean(
                strategyHost.decide(DEPLOY, wish("request", "first-fit"), weights("descriptor", own)),
                "first-fit 1.0.0");
        assertClean(strategyHost.decide(REPLACE, weights("descriptor", own)), "optimal 1.0.0");
    }

    static Stream<Arguments> misbehaviour() {
        return Stream.of(
                fault("exception", (request, context) -> {
                    throw new IllegalStateException("broken");
                }),
                fault("exception", (request, context) -> {
                    throw new NoClassDefFoundError("gone");
                }),
                fault("timeout", (request, context) -> {
                    try {
                        new CountDownLatch(1).await();
                    } catch (InterruptedException e) {
                        Thread.currentThread().interrupt();
                    }
                    return StrategyHost.placed(request, 0);
                }),
                fault("invalid_answer", (request, context) -> null),
                fault("invalid_answer", (request, context) -> new Placed(Placement.NONE, Quality.HEURISTIC)),
                fault("invalid_answer", (request, context) -> new Placed(null, null)),
                fault(
                        "invalid_answer",
                        (request, context) -> new Placed(
                                Placement.whole(Map.of("a", id("c1"), "b", id("c9")), service -> 1),
                                Quality.HEURISTIC)),
                fault(
                        "invalid_answer",
                        (request, context) -> new Placed(
                                Placement.whole(Map.of("a", id("c1"), "b", id("c1"), "x", id("c1")), service -> 1),
                                Quality.HEURISTIC)),
                fault(
                        "invalid_answer",
                        (request, context) -> new Placed(
                                Placement.whole(Map.of("a", id("c1"), "b", id("c1")), service -> 9),
                                Quality.HEURISTIC)),
                fault("invalid_answer", (request, context) -> new Infeasible(Map.of(), Optional.empty())),
                fault("invalid_answer", (request, context) -> new Infeasible(Map.of("x", Map.of()), Optional.empty())));
    }

    private static Arguments fault(String what, PlacementStrategy strategy) {
        return Arguments.of(what, strategy);
    }

    @ParameterizedTest
    @MethodSource("misbehaviour")
    void aStrategyThatMisbehavesIsARecordedFaultAndAFallback(String what, PlacementStrategy bad) {
        strategyHost.placement("bad", bad);
        PlacementOutcome outcome = strategyHost.decide(DEPLOY, wish("request", "bad"));
        assertThat(decidedBy(outcome)).isEqualTo("first-fit 1.0.0");
        assertThat(outcome.fallback()).isTrue();
        assertThat(outcome.faults())
                .extracting(StrategyFault::who, StrategyFault::what)
                .containsExactly(tuple("bad 1.0.0", what));
        assertThat(outcome.result()).isEqualTo(StrategyHost.placed(DEPLOY, 0));
        assertThat(strategyHost
                        .strategies
                        .registry()
                        .find(ServiceKind.PLACEMENT, "bad", Optional.empty())
                        .orElseThrow()
                        .conduct()
                        .faults())
                .isEqualTo(1);
    }

    @Test
    void anOverbookedClusterIsNeverDecided() {
        PlacementRequest tight = new PlacementRequestBuilder(
                        StrategyHost.GRAPH,
                        DecisionReason.DEPLOY,
                        List.of(StrategyHost.service("a", 3), StrategyHost.service("b", 3)),
                        List.of(StrategyHost.cluster("c1", 4), StrategyHost.cluster("c2", 4)))
                .build();
        PlacementOutcome outcome = strategyHost.decide(tight);
        assertThat(outcome.result()).isInstanceOf(Infeasible.class);
        assertThat(outcome.faults()).extracting(StrategyFault::what).containsOnly("invalid_answer");
        assertThat(outcome.decidedBy().id()).isEqualTo("none");
    }

    @Test
    void thePreviousVersionStandsInBeforeAnyOtherStrategy() {
        strategyHost.placement("mine", "1.0.0", allOn(1));
        strategyHost.placement("mine", "1.5.0", allOn(0));
        strategyHost.placement("mine", "2.0.0", (request, context) -> {
            throw new IllegalStateException("new and broken");
        });
        PlacementOutcome outcome = strategyHost.decide(DEPLOY, wish("request", "mine"));
        assertThat(decidedBy(outcome)).isEqualTo("mine 1.5.0");
        assertThat(outcome.fallback()).isTrue();
    }

    @Test
    void theRequestedVersionRangeAppliesAlsoInTheFallback() {
        strategyHost.placement("mine", "0.9.0", allOn(1));
        strategyHost.placement("mine", "1.0.0", (request, context) -> {
            throw new IllegalStateException("broken");
        });
        strategyHost.placement("mine", "2.0.0", allOn(1));
        PlacementOutcome outcome = strategyHost.decide(DEPLOY, wish("request", "mine", "[1.0,2.0)", "{}"));
        assertThat(decidedBy(outcome)).isEqualTo("first-fit 1.0.0");
        assertClean(strategyHost.decide(DEPLOY, wish("request", "mine", "2.0", "{}")), "mine 2.0.0");
    }

    @Test
    void theConfiguredDefaultStandsInBeforeTheLastResort() {
        PlacementOutcome outcome = strategyHost.decide(REPLACE, wish("request", "gone"));
        assertThat(decidedBy(outcome)).isEqualTo("optimal 1.0.0");
        assertThat(outcome.faults()).containsExactly(new StrategyFault("gone", "missing", "not installed"));
    }

    @Test
    void aRunningGraphFallsBackWhenItsStrategyGoesAwayAndReturnsToItWhenItIsBack() {
        RegistryEntry mine = strategyHost.placement("mine", allOn(1));
        assertClean(strategyHost.decide(DEPLOY, wish("descriptor", "mine")), "mine 1.0.0");
        mine.close();
        assertThat(decidedBy(strategyHost.decide(DEPLOY, wish("descriptor", "mine"))))
                .isEqualTo("first-fit 1.0.0");
        strategyHost.placement("mine", "2.0.0", allOn(1));
        assertClean(strategyHost.decide(DEPLOY, wish("descriptor", "mine")), "mine 2.0.0");
    }

    @Test
    void infeasibleIsAnAnswerWhoeverGivesIt() { // one behaviour for initial placement and re-placement
        Infeasible no = new Infeasible(Map.of("a", Map.of(id("c1"), "full", id("c2"), "full")), Optional.of("a core"));
        strategyHost.placement("no", (request, context) -> no);
        strategyHost.configure(settings -> settings);
        for (PlacementRequest request : List.of(DEPLOY, REPLACE)) {
            PlacementOutcome outcome = strategyHost.decide(request, wish("request", "no"));
            assertThat(outcome.result()).isEqualTo(no);
            assertThat(outcome.fallback()).isFalse();
            assertThat(outcome.faults()).isEmpty();
            assertThat(outcome.terms()).isEmpty();
        }
    }

    @Test
    void strategiesWithAndWithoutCostsAreInterchangeable() { // one request, one context, reachable from deploy
        PlacementStrategy byCost = (request, context) -> StrategyHost.placed(
                request,
                request.costs().get(0).assign(0, 0) <= request.costs().get(0).assign(0, 1) ? 0 : 1);
        strategyHost.placement("by-cost", byCost);
        for (String id : List.of("first-fit", "by-cost")) {
            assertClean(strategyHost.decide(DEPLOY, wish("request", id)), id + " 1.0.0");
        }
        assertThat(strategyHost.decide(DEPLOY, wish("request", "by-cost")).result())
                .isEqualTo(StrategyHost.placed(DEPLOY, 1));
    }

    @Test
    void noClustersIsAClearAnswerWithoutBotheringAnyStrategy() {
        AtomicInteger asked = new AtomicInteger();
        strategyHost.placement("counting", (request, context) -> {
            asked.incrementAndGet();
            return StrategyHost.placed(request, 0);
        });
        PlacementRequest nowhere = new PlacementRequestBuilder(
                        StrategyHost.GRAPH, DecisionReason.DEPLOY, List.of(StrategyHost.service("a", 1)), List.of())
                .build();
        PlacementOutcome outcome = strategyHost.decide(nowhere, wish("request", "counting"));
        assertThat(outcome.result())
                .isEqualTo(new Infeasible(Map.of("a", Map.of()), Optional.of("No cluster is ready")));
        assertThat(outcome.fallback()).isFalse();
        PlacementRequest nothing = new PlacementRequestBuilder(
                        StrategyHost.GRAPH, DecisionReason.DEPLOY, List.of(), List.of(StrategyHost.cluster("c1", 1)))
                .build();
        assertThat(strategyHost.decide(nothing).result()).isEqualTo(new Placed(Placement.NONE, Quality.HEURISTIC));
        assertThat(asked).hasValue(0);
    }

    @Test
    void withoutAnyStrategyTheAnswerIsInfeasibleForEveryServiceAndCluster() {
        try (StrategyHost empty = new StrategyHost()) {
            PlacementOutcome outcome = empty.decide(DEPLOY);
            assertThat(outcome.fallback()).isTrue();
            assertThat(((Infeasible) outcome.result()).reasons())
                    .containsOnlyKeys("a", "b")
                    .allSatisfy((service, reasons) -> assertThat(reasons).containsOnlyKeys(id("c1"), id("c2")));
            assertThat(outcome.faults()).extracting(StrategyFault::what).containsOnly("missing");
        }
    }

    @Test
    void aStrategyThatCannotSplitIsNotAskedTo() {
        strategyHost.placement("splitting", allOn(0), PlacementStrategy.SPLITS);
        PlacementRequest spread = new PlacementRequestBuilder(
                        StrategyHost.GRAPH,
                        DecisionReason.DEPLOY,
                        List.of(new PlacementService("a", StrategyHost.cores(1), 2, 2)),
                        List.of(StrategyHost.cluster("c1", 4), StrategyHost.cluster("c2", 4)))
                .build();
        PlacementOutcome outcome = strategyHost.decide(spread);
        assertThat(outcome.faults()).extracting(StrategyFault::what).containsExactly("incapable");
        assertThat(outcome.result()).isInstanceOf(Infeasible.class);
        Placement split =
                new Placement(Map.of("a", List.of(new Placement.Share(id("c1"), 1), new Placement.Share(id("c2"), 1))));
        strategyHost.placement(
                "splits", (r, context) -> new Placed(split, Quality.HEURISTIC), PlacementStrategy.SPLITS);
        assertThat(strategyHost.decide(spread, wish("request", "splits")).result())
                .isEqualTo(new Placed(split, Quality.HEURISTIC));
    }

    @Test
    void aStrategyThatKnowsOneLevelIsOnlyAskedForTheFirstWhenNobodyKnowsMore() {
        strategyHost.objective("carbon", (request, costs) -> costs.assign(0, 1, 1));
        Map<String, ObjectiveWeight> levels =
                Map.of("moves", new ObjectiveWeight(1, 3), "carbon", new ObjectiveWeight(1, 1));
        strategyHost.placement("mine", (request, context) -> {
            assertThat(request.costs()).hasSize(1);
            return StrategyHost.placed(request, request.costs().get(0).assign(0, 1) > 0 ? 0 : 1);
        });
        PlacementOutcome outcome = strategyHost.decide(DEPLOY, wish("request", "mine"), weights("descriptor", levels));
        assertThat(decidedBy(outcome)).isEqualTo("mine 1.0.0");
        assertThat(outcome.result()).isEqualTo(StrategyHost.placed(DEPLOY, 0));
        assertThat(outcome.faults()).extracting(StrategyFault::what).containsOnly("incapable");
        assertThat(outcome.request().costs()).hasSize(2);
        strategyHost.placement("mine", "2.0.0", allOn(1), PlacementStrategy.LEVELS);
        assertClean(strategyHost.decide(DEPLOY, wish("request", "mine"), weights("descriptor", levels)), "mine 2.0.0");
    }

    @Test
    void termsAreInTheObjectivesOwnUnit() {
        strategyHost.objective("carbon", (request, costs) -> {
            costs.assign(0, 1, 0.25);
            costs.open(1, 2);
            costs.distance(0, 0, 99);
        });
        PlacementRequest linked = StrategyHost.builder(DecisionReason.DEPLOY)
                .link(new PlacementLink(0, 1, 3, OptionalDouble.empty()))
                .build();
        PlacementOutcome outcome =
                strategyHost.decide(linked, weights("request", Map.of("carbon", ObjectiveWeight.of(0.6))));
        assertThat(outcome.terms())
                .containsExactly(new ObjectiveTerm("carbon", "carbon units", ObjectiveWeight.of(0.6), 2.25, "0.0.0"));
    }

    @Test
    void theSameProblemHasTheSameSeedAndTheClockIsInjected() {
        PlacementOutcome first = strategyHost.decide(DEPLOY);
        assertThat(strategyHost.decide(DEPLOY).seed()).isEqualTo(first.seed());
        assertThat(strategyHost.decide(REPLACE).seed()).isNotEqualTo(first.seed());
        assertThat(first.at()).isEqualTo(StrategyHost.NOW);
        assertThat(first.duration()).isPositive();
        strategyHost.placement("looking", (request, context) -> {
            assertThat(context.now()).isEqualTo(StrategyHost.NOW);
            assertThat(context.seed()).isEqualTo(first.seed());
            return StrategyHost.placed(request, 0);
        });
        assertClean(strategyHost.decide(DEPLOY, wish("request", "looking")), "looking 1.0.0");
    }

    @Test
    void aVersionRangeThatIsNoneLetsTheFallbackDecide() {
        PlacementOutcome outcome = strategyHost.decide(DEPLOY, wish("request", "greedy", "newest please", "{}"));
        assertThat(decidedBy(outcome)).isEqualTo("first-fit 1.0.0");
        assertThat(outcome.faults().get(0).message()).contains("installed: [1.0.0]");
    }

    @Test
    void anAnswerOfMuchViolationIsCutShort() {
        PlacementResult empty = new Placed(Placement.NONE, Quality.HEURISTIC);
        PlacementRequest many = new PlacementRequestBuilder(
                        StrategyHost.GRAPH,
                        DecisionReason.DEPLOY,
                        Stream.of("a", "b", "c", "d", "e", "f", "g")
                                .map(service -> StrategyHost.service(service, 0))
                                .toList(),
                        List.of(StrategyHost.cluster("c1", 1)))
                .build();
        assertThat(PlacementCheck.flaw(many, empty).orElseThrow()).contains("and 2 more");
    }
}
