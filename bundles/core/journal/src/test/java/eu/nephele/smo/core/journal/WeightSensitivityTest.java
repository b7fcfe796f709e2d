// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import eu.nephele.smo.api.model.ClusterCapacity;
import eu.nephele.smo.api.model.ClusterId;
import eu.nephele.smo.api.model.GraphId;
import eu.nephele.smo.api.model.JsonValue.JsonObject;
import eu.nephele.smo.api.model.Resources;
import eu.nephele.smo.api.model.StrategySelection;
import eu.nephele.smo.api.model.StrategySelection.ObjectiveWeight;
import eu.nephele.smo.api.placement.DecisionReason;
import eu.nephele.smo.api.placement.PlacementObjective;
import eu.nephele.smo.api.placement.PlacementRequest;
import eu.nephele.smo.api.placement.PlacementRequestBuilder;
import eu.nephele.smo.api.placement.PlacementService;
import eu.nephele.smo.api.placement.PlacementStrategy;
import eu.nephele.smo.api.runtime.SmoException;
import eu.nephele.smo.api.scaling.ScalingRequest;
import eu.nephele.smo.core.contract.decision.DecisionTrials;
import eu.nephele.smo.core.contract.decision.SourcedSelection;
import eu.nephele.smo.core.contract.json.StrictJson;
import eu.nephele.smo.core.contract.measure.MetricsRecorder;
import eu.nephele.smo.core.contract.shadow.SensitivityService.SweepRange;
import eu.nephele.smo.core.contract.shadow.SensitivityService.WeightSweep;
import eu.nephele.smo.core.contract.store.DecisionRecord;
import eu.nephele.smo.core.store.Stores;
import eu.nephele.smo.core.strategies.StrategyModule;
import eu.nephele.smo.core.strategies.settings.StrategySettings;
import eu.nephele.smo.placement.firstfit.FirstFitStrategy;
import eu.nephele.smo.placement.greedy.GreedyStrategy;
import eu.nephele.smo.placement.objectives.MovesObjective;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.LongSupplier;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Two services that run on the dirty cluster c1: moving "heavy" to the clean c2 saves 3 units of carbon, moving "light" saves 1, and
 * each move costs 1.
 */
class WeightSensitivityTest {

    private static final GraphId GRAPH = new GraphId("p", "g");

    private Stores stores;
    private StrategyModule live;
    private StoredJournal journal;

    @BeforeEach
    void open() throws Exception {
        stores = Stores.inMemory("sensitivity" + System.nanoTime());
        live = StrategyModule.create(() -> StrategySettings.DEFAULTS, Clock.systemUTC(), MetricsRecorder.NONE);
        strategy(new GreedyStrategy(), "greedy");
        strategy(new FirstFitStrategy(), "first-fit");
        objective("moves", new MovesObjective());
        objective("carbon", (request, costs) -> {
            costs.assign(0, 0, 3);
            costs.assign(1, 0, 1);
        });
        journal = new StoredJournal(
                new StoredJournal.JournalSettings(Duration.ofDays(1), 100, Duration.ofHours(1), 100, 20, Duration.ZERO),
                stores.decisions(),
                live.pricing(),
                Optional.of(live.catalog()),
                Optional.empty(),
                MetricsRecorder.NONE,
                Clock.systemUTC());
    }

    @AfterEach
    void close() {
        journal.close();
        live.close();
        stores.close();
    }

    private void strategy(PlacementStrategy strategy, String id) {
        live.registry().add(strategy, Map.of(PlacementStrategy.ID, id, PlacementStrategy.VERSION, "1.0.0"));
    }

    private void objective(String name, PlacementObjective objective) {
        live.registry().add(objective, Map.of(PlacementObjective.NAME, name, PlacementObjective.UNIT, name + " units"));
    }

    private static PlacementRequest request() {
        Resources room = new Resources(10_000, 0, 0, 0);
        Resources core = new Resources(1000, 0, 0, 0);
        return new PlacementRequestBuilder(
                        GRAPH,
                        DecisionReason.REPLACE,
                        List.of(new PlacementService("heavy", core, 1, 1), new PlacementService("light", core, 1, 1)),
                        List.of(
                                ClusterCapacity.of(new ClusterId("sim", "c1"), room),
                                ClusterCapacity.of(new ClusterId("sim", "c2"), room)))
                .current(0, 0)
                .current(1, 0)
                .build();
    }

    private DecisionRecord decided(String strategy, Map<String, ObjectiveWeight> weights) {
        StrategySelection selection = new StrategySelection(
                Optional.of(strategy),
                Optional.empty(),
                JsonObject.EMPTY,
                false,
                Optional.of(weights),
                OptionalInt.empty());
        DecisionRecord record = journal.recordOf(
                live.placement().decide(request(), List.of(new SourcedSelection("request", selection)), Map.of()), 1);
        stores.decisions().append(List.of(record));
        return record;
    }

    private DecisionRecord decided() {
        return decided("greedy", Map.of("moves", ObjectiveWeight.of(1), "carbon", ObjectiveWeight.of(0.5)));
    }

    private WeightSensitivity sensitivity(DecisionTrials trials, LongSupplier nanoTime) {
        return new WeightSensitivity(
                stores.decisions(), live.pricing(), live.catalog(), new SweepTurns(trials, nanoTime));
    }

    private JsonNode swept(WeightSweep sweep) {
        return StrictJson.node(
                sensitivity(live.trials(), System::nanoTime).sweep(GRAPH, sweep).orElseThrow());
    }

    private static WeightSweep carbon(double to, int steps) {
        return new WeightSweep("carbon", new SweepRange(0, to, steps), Optional.empty(), Optional.empty());
    }

    private static void assertRefused(ThrowingCallable call, SmoException.Kind kind, String message) {
        assertThatThrownBy(call).isInstanceOfSatisfying(SmoException.class, refused -> {
            assertThat(refused.kind()).isEqualTo(kind);
            assertThat(refused.getMessage() + refused.violations()).contains(message);
        });
    }

    @Test
    void moreWeightMovesMoreServicesAndLowersTheTerm() {
        DecisionRecord decision = decided();

        JsonNode answer = swept(carbon(2, 6));

        assertThat(answer.path("decision").asText()).isEqualTo(decision.id());
        assertThat(answer.at("/strategy/id").asText()).isEqualTo("greedy");
        assertThat(answer.path("weight").asDouble()).isEqualTo(0.5);
        assertThat(answer.path("complete").asBoolean()).isTrue();
        assertThat(answer.path("points"))
                .extracting(point -> point.path("text").asText())
                .containsExactly(
                        "heavy on c1 (1), light on c1 (1)",
                        "heavy on c2 (1), light on c1 (1)",
                        "heavy on c2 (1), light on c1 (1)",
                        "heavy on c2 (1), light on c2 (1)",
                        "heavy on c2 (1), light on c2 (1)",
                        "heavy on c2 (1), light on c2 (1)");
        assertThat(answer.path("points"))
                .extracting(point -> point.at("/terms/carbon").asDouble())
                .containsExactly(4.0, 1.0, 1.0, 0.0, 0.0, 0.0);
        assertThat(answer.path("points"))
                .extracting(point -> point.at("/terms/moves").asDouble())
                .containsExactly(0.0, 1.0, 1.0, 2.0, 2.0, 2.0);
        assertThat(answer.at("/points/1/costs/0/cost").asDouble()).isCloseTo(1 + 0.4 * 1, within(1e-9));
    }

    @Test
    void aServiceMovesFromWhereTheDecisionPutIt() {
        decided();
        assertThat(swept(carbon(2, 6)).path("points"))
                .extracting(point -> point.path("moved").toString())
                .startsWith("[\"heavy\"]", "[]", "[]", "[\"light\"]");
    }

    @Test
    void aBreakIsWhereBothPlacementsCostTheSame() {
        decided();

        JsonNode breaks = swept(carbon(2, 6)).path("breaks");

        assertThat(breaks).hasSize(2);
        assertThat(breaks.get(0).path("after").asDouble()).isZero();
        assertThat(breaks.get(0).path("before").asDouble()).isEqualTo(0.4);
        assertThat(breaks.get(0).path("equalAt").asDouble()).isCloseTo(1.0 / 3, within(1e-9));
        assertThat(breaks.get(0).path("moved").toString()).isEqualTo("[\"heavy\"]");
        assertThat(breaks.get(1).path("equalAt").asDouble()).isCloseTo(1, within(1e-9));
    }

    @Test
    void normalisedWeightsCountSharesOfRanges() {
        // the range of carbon is 4, that of moves 2: heavy moves from w × 3/4 > 1/2 on
        decided(
                "greedy",
                ObjectiveWeight.in(Map.of("moves", ObjectiveWeight.of(1), "carbon", ObjectiveWeight.of(0.5)), true));

        JsonNode answer = swept(carbon(1, 3));

        assertThat(answer.path("normalised").asBoolean()).isTrue();
        assertThat(answer.at("/objectives/0/range").asDouble()).isEqualTo(4);
        assertThat(answer.path("breaks")).singleElement().satisfies(change -> assertThat(
                        change.path("equalAt").asDouble())
                .isCloseTo(2.0 / 3, within(1e-9)));
        assertThat(answer.at("/points/2/costs/0/cost").asDouble()).isCloseTo(0.5 + 0.25, within(1e-9));
    }

    @Test
    void anObjectiveWithoutWeightMayGetOne() {
        decided("greedy", Map.of("moves", ObjectiveWeight.of(1)));

        JsonNode answer = swept(carbon(2, 2));

        assertThat(answer.path("weight").asDouble()).isZero();
        assertThat(answer.at("/points/1/terms/carbon").asDouble()).isZero();
    }

    @Test
    void anotherStrategyMayDecide() {
        decided("first-fit", Map.of("moves", ObjectiveWeight.of(1)));
        assertThat(swept(carbon(2, 6)).path("breaks"))
                .as("first-fit ignores costs")
                .isEmpty();

        WeightSweep byGreedy =
                new WeightSweep("carbon", new SweepRange(0, 2, 6), Optional.of("greedy"), Optional.empty());
        assertThat(swept(byGreedy).path("breaks")).hasSize(2);
    }

    @Test
    void aDecisionMayBeNamedAndTheNewestIsUsual() {
        DecisionRecord old = decided("greedy", Map.of("moves", ObjectiveWeight.of(7)));
        DecisionRecord newest = decided();

        assertThat(swept(carbon(1, 2)).path("decision").asText()).isEqualTo(newest.id());
        WeightSweep ofOld = new WeightSweep("carbon", new SweepRange(0, 1, 2), Optional.empty(), Optional.of(old.id()));
        assertThat(swept(ofOld).path("decision").asText()).isEqualTo(old.id());
        WeightSensitivity sensitivity = sensitivity(live.trials(), System::nanoTime);
        assertThat(sensitivity.sweep(new GraphId("p", "other"), carbon(1, 2))).isEmpty();
        assertThat(sensitivity.sweep(
                        GRAPH,
                        new WeightSweep("carbon", new SweepRange(0, 1, 2), Optional.empty(), Optional.of("none"))))
                .isEmpty();
    }

    @Test
    void nothingIsKeptOfIt() {
        decided();
        swept(carbon(2, 6));
        assertThat(stores.decisions().count()).isEqualTo(1);
    }

    @Test
    void whatIsNotInstalledIsRefused() {
        decided();
        WeightSensitivity sensitivity = sensitivity(live.trials(), System::nanoTime);
        assertRefused(
                () -> sensitivity.sweep(
                        GRAPH, new WeightSweep("beauty", new SweepRange(0, 1, 2), Optional.empty(), Optional.empty())),
                SmoException.Kind.INVALID,
                "objective is 'beauty', which cannot price this decision; installed are carbon, moves");
        assertRefused(
                () -> sensitivity.sweep(
                        GRAPH,
                        new WeightSweep("carbon", new SweepRange(0, 1, 2), Optional.of("magic"), Optional.empty())),
                SmoException.Kind.INVALID,
                "strategy is 'magic', which is not installed");
    }

    @Test
    void aStrategyThatFailsIsSaidAtItsWeight() {
        strategy(
                (request, context) -> {
                    if (request.costs().get(0).assign(0, 0) > 0) {
                        throw new IllegalStateException("too dirty");
                    }
                    return new FirstFitStrategy().place(request, context);
                },
                "fussy");
        decided();

        JsonNode points = swept(
                        new WeightSweep("carbon", new SweepRange(0, 1, 2), Optional.of("fussy"), Optional.empty()))
                .path("points");

        assertThat(points.get(0).path("placed").asBoolean()).isTrue();
        assertThat(points.get(1).path("placed").asBoolean()).isFalse();
        assertThat(points.get(1).path("message").asText()).contains("too dirty");
    }

    @Test
    void whatIsNotDecidedWithinTheTimeIsLeftOut() {
        decided();
        AtomicLong clock = new AtomicLong();
        LongSupplier sixSecondsLater = () -> clock.getAndAdd(TimeUnit.SECONDS.toNanos(6));

        JsonNode answer = StrictJson.node(sensitivity(live.trials(), sixSecondsLater)
                .sweep(GRAPH, carbon(2, 6))
                .orElseThrow());

        assertThat(answer.path("points")).hasSize(3);
        assertThat(answer.path("complete").asBoolean()).isFalse();
        assertThat(answer.path("message").asText()).contains("after 3 of 6 weights");
    }

    @Test
    void onlyOneIsComputedAtATime() {
        decided();
        AtomicReference<WeightSensitivity> itself = new AtomicReference<>();
        List<Throwable> second = new ArrayList<>();
        WeightSensitivity sensitivity = sensitivity(
                meanwhile(() -> {
                    try {
                        itself.get().sweep(GRAPH, carbon(1, 2));
                    } catch (SmoException refused) {
                        second.add(refused);
                    }
                }),
                System::nanoTime);
        itself.set(sensitivity);

        assertThat(sensitivity.sweep(GRAPH, carbon(1, 2))).isPresent();

        assertThat(second).hasSize(2).allSatisfy(refused -> assertThat(((SmoException) refused).kind())
                .isEqualTo(SmoException.Kind.UNAVAILABLE));
        assertThat(sensitivity.sweep(GRAPH, carbon(1, 2))).as("the next one").isPresent();
    }

    /** Trials that do something else during each. */
    private DecisionTrials meanwhile(Runnable other) {
        return new DecisionTrials() {
            @Override
            public PlacementTrial place(PlacementRequest request, TrialSettings trialSettings) {
                other.run();
                return live.trials().place(request, trialSettings);
            }

            @Override
            public VariantTrials placeVariants(
                    PlacementRequest problem, List<PlacementRequest> variants, TrialSettings settings) {
                throw new AssertionError("Weights are tried without variants");
            }

            @Override
            public ScalingTrial scale(ScalingRequest request, TrialSettings trialSettings) {
                return live.trials().scale(request, trialSettings);
            }

            @Override
            public boolean crowded() {
                return false;
            }
        };
    }
}
