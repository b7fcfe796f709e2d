// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.strategies.placement;

import static eu.nephele.smo.core.strategies.Room.allOn;
import static eu.nephele.smo.core.strategies.Room.id;
import static eu.nephele.smo.core.strategies.Room.request;
import static eu.nephele.smo.core.strategies.Room.weights;
import static eu.nephele.smo.core.strategies.Room.wish;
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
import eu.nephele.smo.core.strategies.Room;
import eu.nephele.smo.core.strategies.registry.Membership;
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

    private final Room room = new Room();

    @BeforeEach
    void stock() {
        room.placement("first-fit", allOn(0));
        room.placement("greedy", allOn(1));
        room.placement("optimal", allOn(1));
        room.objective("moves", (request, costs) -> costs.assign(0, 0, 1));
    }

    @AfterEach
    void close() {
        room.close();
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
        assertClean(room.decide(DEPLOY), "first-fit 1.0.0");
        assertClean(room.decide(request(DecisionReason.START)), "first-fit 1.0.0");
        for (DecisionReason reason : List.of(
                DecisionReason.UPDATE,
                DecisionReason.REPLACE,
                DecisionReason.FAILOVER,
                DecisionReason.DRAIN,
                DecisionReason.MOVE,
                DecisionReason.OFFLOAD,
                DecisionReason.SCALE)) {
            assertClean(room.decide(request(reason)), "optimal 1.0.0");
        }
    }

    @Test
    void theGraphsOwnChoiceOverridesTheConfiguration() {
        PlacementOutcome outcome = room.decide(DEPLOY, wish("descriptor", "greedy"));
        assertClean(outcome, "greedy 1.0.0");
        assertThat(effective(outcome, "strategy").orElseThrow().source()).isEqualTo("descriptor");
    }

    @Test
    void aGraphThatWeighsObjectivesItsOwnWayStartsWithGreedy() {
        Map<String, ObjectiveWeight> own = Map.of("moves", ObjectiveWeight.of(2));
        assertClean(room.decide(DEPLOY, weights("descriptor", own)), "greedy 1.0.0");
        assertClean(room.strategies.placement().decide(DEPLOY, List.of(), own), "greedy 1.0.0");
        assertClean(
                room.decide(DEPLOY, weights("descriptor", Map.of("moves", ObjectiveWeight.of(1)))), "first-fit 1.0.0");
        assertClean(room.decide(DEPLOY, wish("request", "first-fit"), weights("descriptor", own)), "first-fit 1.0.0");
        assertClean(room.decide(REPLACE, weights("descriptor", own)), "optimal 1.0.0");
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
                    return Room.placed(request, 0);
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
        room.placement("bad", bad);
        PlacementOutcome outcome = room.decide(DEPLOY, wish("request", "bad"));
        assertThat(decidedBy(outcome)).isEqualTo("first-fit 1.0.0");
        assertThat(outcome.fallback()).isTrue();
        assertThat(outcome.faults())
                .extracting(StrategyFault::who, StrategyFault::what)
                .containsExactly(tuple("bad 1.0.0", what));
        assertThat(outcome.result()).isEqualTo(Room.placed(DEPLOY, 0));
        assertThat(room.strategies
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
                        Room.GRAPH,
                        DecisionReason.DEPLOY,
                        List.of(Room.service("a", 3), Room.service("b", 3)),
                        List.of(Room.cluster("c1", 4), Room.cluster("c2", 4)))
                .build();
        PlacementOutcome outcome = room.decide(tight);
        assertThat(outcome.result()).isInstanceOf(Infeasible.class);
        assertThat(outcome.faults()).extracting(StrategyFault::what).containsOnly("invalid_answer");
        assertThat(outcome.decidedBy().id()).isEqualTo("none");
    }

    @Test
    void thePreviousVersionStandsInBeforeAnyOtherStrategy() {
        room.placement("mine", "1.0.0", allOn(1));
        room.placement("mine", "1.5.0", allOn(0));
        room.placement("mine", "2.0.0", (request, context) -> {
            throw new IllegalStateException("new and broken");
        });
        PlacementOutcome outcome = room.decide(DEPLOY, wish("request", "mine"));
        assertThat(decidedBy(outcome)).isEqualTo("mine 1.5.0");
        assertThat(outcome.fallback()).isTrue();
    }

    @Test
    void theWishedVersionRangeIsKeptAlsoInTheFallback() {
        room.placement("mine", "0.9.0", allOn(1));
        room.placement("mine", "1.0.0", (request, context) -> {
            throw new IllegalStateException("broken");
        });
        room.placement("mine", "2.0.0", allOn(1));
        PlacementOutcome outcome = room.decide(DEPLOY, wish("request", "mine", "[1.0,2.0)", "{}"));
        assertThat(decidedBy(outcome)).isEqualTo("first-fit 1.0.0");
        assertClean(room.decide(DEPLOY, wish("request", "mine", "2.0", "{}")), "mine 2.0.0");
    }

    @Test
    void theConfiguredDefaultStandsInBeforeTheLastResort() {
        PlacementOutcome outcome = room.decide(REPLACE, wish("request", "gone"));
        assertThat(decidedBy(outcome)).isEqualTo("optimal 1.0.0");
        assertThat(outcome.faults()).containsExactly(new StrategyFault("gone", "missing", "not installed"));
    }

    @Test
    void aRunningGraphFallsBackWhenItsStrategyGoesAwayAndReturnsToItWhenItIsBack() {
        Membership mine = room.placement("mine", allOn(1));
        assertClean(room.decide(DEPLOY, wish("descriptor", "mine")), "mine 1.0.0");
        mine.close();
        assertThat(decidedBy(room.decide(DEPLOY, wish("descriptor", "mine")))).isEqualTo("first-fit 1.0.0");
        room.placement("mine", "2.0.0", allOn(1));
        assertClean(room.decide(DEPLOY, wish("descriptor", "mine")), "mine 2.0.0");
    }

    @Test
    void infeasibleIsAnAnswerWhoeverGivesIt() { // D-54: one behaviour for initial placement and re-placement
        Infeasible no = new Infeasible(Map.of("a", Map.of(id("c1"), "full", id("c2"), "full")), Optional.of("a core"));
        room.placement("no", (request, context) -> no);
        room.configure(settings -> settings);
        for (PlacementRequest request : List.of(DEPLOY, REPLACE)) {
            PlacementOutcome outcome = room.decide(request, wish("request", "no"));
            assertThat(outcome.result()).isEqualTo(no);
            assertThat(outcome.fallback()).isFalse();
            assertThat(outcome.faults()).isEmpty();
            assertThat(outcome.terms()).isEmpty();
        }
    }

    @Test
    void strategiesWithAndWithoutCostsAreInterchangeable() { // D-57: one request, one context, reachable from deploy
        PlacementStrategy byCost = (request, context) -> Room.placed(
                request,
                request.costs().get(0).assign(0, 0) <= request.costs().get(0).assign(0, 1) ? 0 : 1);
        room.placement("by-cost", byCost);
        for (String id : List.of("first-fit", "by-cost")) {
            assertClean(room.decide(DEPLOY, wish("request", id)), id + " 1.0.0");
        }
        assertThat(room.decide(DEPLOY, wish("request", "by-cost")).result()).isEqualTo(Room.placed(DEPLOY, 1));
    }

    @Test
    void noClustersIsAClearAnswerWithoutBotheringAnyStrategy() { // D-53
        AtomicInteger asked = new AtomicInteger();
        room.placement("counting", (request, context) -> {
            asked.incrementAndGet();
            return Room.placed(request, 0);
        });
        PlacementRequest nowhere = new PlacementRequestBuilder(
                        Room.GRAPH, DecisionReason.DEPLOY, List.of(Room.service("a", 1)), List.of())
                .build();
        PlacementOutcome outcome = room.decide(nowhere, wish("request", "counting"));
        assertThat(outcome.result())
                .isEqualTo(new Infeasible(Map.of("a", Map.of()), Optional.of("There is no cluster that is ready")));
        assertThat(outcome.fallback()).isFalse();
        PlacementRequest nothing = new PlacementRequestBuilder(
                        Room.GRAPH, DecisionReason.DEPLOY, List.of(), List.of(Room.cluster("c1", 1)))
                .build();
        assertThat(room.decide(nothing).result()).isEqualTo(new Placed(Placement.NONE, Quality.HEURISTIC));
        assertThat(asked).hasValue(0);
    }

    @Test
    void withoutAnyStrategyTheAnswerIsInfeasibleForEveryServiceAndCluster() {
        try (Room empty = new Room()) {
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
        room.placement("splitting", allOn(0), PlacementStrategy.SPLITS);
        PlacementRequest spread = new PlacementRequestBuilder(
                        Room.GRAPH,
                        DecisionReason.DEPLOY,
                        List.of(new PlacementService("a", Room.cores(1), 2, 2)),
                        List.of(Room.cluster("c1", 4), Room.cluster("c2", 4)))
                .build();
        PlacementOutcome outcome = room.decide(spread);
        assertThat(outcome.faults()).extracting(StrategyFault::what).containsExactly("incapable");
        assertThat(outcome.result()).isInstanceOf(Infeasible.class);
        Placement split =
                new Placement(Map.of("a", List.of(new Placement.Share(id("c1"), 1), new Placement.Share(id("c2"), 1))));
        room.placement("splits", (r, context) -> new Placed(split, Quality.HEURISTIC), PlacementStrategy.SPLITS);
        assertThat(room.decide(spread, wish("request", "splits")).result())
                .isEqualTo(new Placed(split, Quality.HEURISTIC));
    }

    @Test
    void aStrategyThatKnowsOneLevelIsOnlyAskedForTheFirstWhenNobodyKnowsMore() {
        room.objective("carbon", (request, costs) -> costs.assign(0, 1, 1));
        Map<String, ObjectiveWeight> levels =
                Map.of("moves", new ObjectiveWeight(1, 3), "carbon", new ObjectiveWeight(1, 1));
        room.placement("mine", (request, context) -> {
            assertThat(request.costs()).hasSize(1);
            return Room.placed(request, request.costs().get(0).assign(0, 1) > 0 ? 0 : 1);
        });
        PlacementOutcome outcome = room.decide(DEPLOY, wish("request", "mine"), weights("descriptor", levels));
        assertThat(decidedBy(outcome)).isEqualTo("mine 1.0.0");
        assertThat(outcome.result()).isEqualTo(Room.placed(DEPLOY, 0));
        assertThat(outcome.faults()).extracting(StrategyFault::what).containsOnly("incapable");
        assertThat(outcome.request().costs()).hasSize(2);
        room.placement("mine", "2.0.0", allOn(1), PlacementStrategy.LEVELS);
        assertClean(room.decide(DEPLOY, wish("request", "mine"), weights("descriptor", levels)), "mine 2.0.0");
    }

    @Test
    void termsAreInTheObjectivesOwnUnit() {
        room.objective("carbon", (request, costs) -> {
            costs.assign(0, 1, 0.25);
            costs.open(1, 2);
            costs.distance(0, 0, 99);
        });
        PlacementRequest linked = Room.builder(DecisionReason.DEPLOY)
                .link(new PlacementLink(0, 1, 3, OptionalDouble.empty()))
                .build();
        PlacementOutcome outcome = room.decide(linked, weights("request", Map.of("carbon", ObjectiveWeight.of(0.6))));
        assertThat(outcome.terms())
                .containsExactly(new ObjectiveTerm("carbon", "carbon units", ObjectiveWeight.of(0.6), 2.25, "0.0.0"));
    }

    @Test
    void theSameProblemHasTheSameSeedAndTheClockIsInjected() {
        PlacementOutcome first = room.decide(DEPLOY);
        assertThat(room.decide(DEPLOY).seed()).isEqualTo(first.seed());
        assertThat(room.decide(REPLACE).seed()).isNotEqualTo(first.seed());
        assertThat(first.at()).isEqualTo(Room.NOW);
        assertThat(first.duration()).isPositive();
        room.placement("looking", (request, context) -> {
            assertThat(context.now()).isEqualTo(Room.NOW);
            assertThat(context.seed()).isEqualTo(first.seed());
            return Room.placed(request, 0);
        });
        assertClean(room.decide(DEPLOY, wish("request", "looking")), "looking 1.0.0");
    }

    @Test
    void aVersionRangeThatIsNoneLetsTheFallbackDecide() {
        PlacementOutcome outcome = room.decide(DEPLOY, wish("request", "greedy", "newest please", "{}"));
        assertThat(decidedBy(outcome)).isEqualTo("first-fit 1.0.0");
        assertThat(outcome.faults().get(0).message()).contains("installed: [1.0.0]");
    }

    @Test
    void anAnswerOfMuchViolationIsCutShort() {
        PlacementResult empty = new Placed(Placement.NONE, Quality.HEURISTIC);
        PlacementRequest many = new PlacementRequestBuilder(
                        Room.GRAPH,
                        DecisionReason.DEPLOY,
                        Stream.of("a", "b", "c", "d", "e", "f", "g")
                                .map(service -> Room.service(service, 0))
                                .toList(),
                        List.of(Room.cluster("c1", 1)))
                .build();
        assertThat(PlacementCheck.flaw(many, empty).orElseThrow()).contains("and 2 more");
    }
}
