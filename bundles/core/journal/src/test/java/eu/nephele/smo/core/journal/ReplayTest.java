// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import eu.nephele.smo.api.model.DecisionContext;
import eu.nephele.smo.api.model.GraphId;
import eu.nephele.smo.api.model.JsonValue.JsonObject;
import eu.nephele.smo.api.model.Resources;
import eu.nephele.smo.api.model.StrategySelection;
import eu.nephele.smo.api.placement.DecisionReason;
import eu.nephele.smo.api.placement.PlacementObjective;
import eu.nephele.smo.api.placement.PlacementRequest;
import eu.nephele.smo.api.placement.PlacementRequestBuilder;
import eu.nephele.smo.api.placement.PlacementResult;
import eu.nephele.smo.api.placement.PlacementService;
import eu.nephele.smo.api.placement.PlacementStrategy;
import eu.nephele.smo.api.runtime.CallContext;
import eu.nephele.smo.api.runtime.RequestOrigin;
import eu.nephele.smo.api.runtime.SmoException;
import eu.nephele.smo.api.scaling.ScalingRequest;
import eu.nephele.smo.api.scaling.ScalingResult;
import eu.nephele.smo.api.scaling.ScalingResult.Answer;
import eu.nephele.smo.api.scaling.ScalingResult.Replicas;
import eu.nephele.smo.api.scaling.ScalingStrategy;
import eu.nephele.smo.api.scaling.ScalingWrapper;
import eu.nephele.smo.core.contract.decision.PlacementOutcome;
import eu.nephele.smo.core.contract.decision.ScalingItem;
import eu.nephele.smo.core.contract.decision.ScalingOutcome;
import eu.nephele.smo.core.contract.decision.SourcedSelection;
import eu.nephele.smo.core.contract.decision.StrategyRef;
import eu.nephele.smo.core.contract.measure.MetricsRecorder;
import eu.nephele.smo.core.contract.shadow.ReplayService.Replay;
import eu.nephele.smo.core.contract.shadow.ReplayService.ReplayRequest;
import eu.nephele.smo.core.contract.shadow.ReplayService.SkippedDecisions;
import eu.nephele.smo.core.contract.store.DecisionRecord;
import eu.nephele.smo.core.contract.store.DecisionStore.Range;
import eu.nephele.smo.core.store.Stores;
import eu.nephele.smo.core.strategies.StrategyModule;
import eu.nephele.smo.core.strategies.settings.StrategySettings;
import eu.nephele.smo.lab.testkit.Await;
import eu.nephele.smo.placement.carbon.CarbonObjective;
import eu.nephele.smo.placement.firstfit.FirstFitStrategy;
import eu.nephele.smo.placement.greedy.GreedyStrategy;
import eu.nephele.smo.placement.objectives.LatencyObjective;
import eu.nephele.smo.placement.objectives.MovesObjective;
import eu.nephele.smo.placement.optimal.OptimalStrategy;
import eu.nephele.smo.scaling.optimal.OptimalScalingStrategy;
import eu.nephele.smo.scaling.threshold.ThresholdStrategy;
import java.lang.reflect.Constructor;
import java.lang.reflect.Proxy;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Decisions of our own strategies, made, stored and decided again. */
class ReplayTest {

    private static final Instant START = Instant.parse("2026-11-20T10:00:00.000000123Z");
    private static final StrategySettings SETTINGS = new StrategySettings(
            "first-fit",
            "greedy",
            "optimal",
            "first-fit",
            Optional.empty(),
            StrategySettings.DEFAULTS.scalingParameters(),
            StrategySettings.DEFAULTS.objectives(),
            Map.of(),
            new StrategySettings.Budgets(20_000, 20_000, 20_000, 500),
            2,
            50,
            StrategySettings.StrategyLimits.STANDARD);

    private final AtomicLong ticks = new AtomicLong();
    private Stores stores;
    private StrategyModule live;
    private StoredJournal journal;

    @BeforeEach
    void open() throws SQLException {
        stores = Stores.inMemory("replay" + System.nanoTime());
        live = strategies();
        install(live, new GreedyStrategy(), "greedy", "1.0.0");
        journal = new StoredJournal(
                new StoredJournal.JournalSettings(
                        Duration.ofDays(1), 100_000, Duration.ofHours(1), 1000, 200, Duration.ZERO),
                stores.decisions(),
                live.pricing(),
                Optional.of(live.catalog()),
                Optional.of(live.trials()),
                MetricsRecorder.NONE,
                clock());
        live.observers().add(journal);
    }

    @AfterEach
    void close() {
        journal.close();
        live.close();
        stores.close();
    }

    /** Every reading is some microseconds and nanoseconds later. */
    private Clock clock() {
        Clock fixed = Clock.fixed(START, ZoneOffset.UTC);
        return new Clock() {
            @Override
            public java.time.ZoneId getZone() {
                return fixed.getZone();
            }

            @Override
            public Clock withZone(java.time.ZoneId zone) {
                return this;
            }

            @Override
            public Instant instant() {
                return START.plusNanos(12_345_679 * ticks.incrementAndGet());
            }
        };
    }

    /** Everything but "greedy", which differs from test to test. */
    private StrategyModule strategies() {
        StrategyModule strategies = StrategyModule.create(() -> SETTINGS, clock(), MetricsRecorder.NONE);
        install(strategies, new FirstFitStrategy(), "first-fit", "1.0.0");
        strategies
                .registry()
                .add(
                        configured(OptimalStrategy.class),
                        Map.of(
                                PlacementStrategy.ID,
                                "optimal",
                                PlacementStrategy.CAPABILITIES,
                                PlacementStrategy.LEVELS,
                                PlacementStrategy.VERSION,
                                "1.0.0"));
        objective(strategies, new MovesObjective(), "moves", "1.0.0");
        objective(strategies, new LatencyObjective(), "latency", "1.0.0");
        objective(strategies, configured(CarbonObjective.class), "carbon", "1.0.0");
        strategies
                .registry()
                .add(
                        new OptimalScalingStrategy(),
                        Map.of(ScalingStrategy.ID, "optimal", ScalingStrategy.VERSION, "1.0.0"));
        strategies
                .registry()
                .add(
                        new ThresholdStrategy(),
                        Map.of(ScalingStrategy.ID, "threshold", ScalingStrategy.VERSION, "1.0.0"));
        return strategies;
    }

    private static void install(StrategyModule strategies, PlacementStrategy strategy, String id, String version) {
        strategies.registry().add(strategy, Map.of(PlacementStrategy.ID, id, PlacementStrategy.VERSION, version));
    }

    private static void objective(
            StrategyModule strategies, PlacementObjective objective, String name, String version) {
        strategies.registry().add(objective, Map.of(PlacementObjective.NAME, name, PlacementStrategy.VERSION, version));
    }

    private static <T> T configured(Class<T> component) {
        for (Constructor<?> constructor : component.getConstructors()) {
            if (constructor.getParameterCount() == 1 && constructor.getParameterTypes()[0].isAnnotation()) {
                Class<?> config = constructor.getParameterTypes()[0];
                try {
                    return component.cast(constructor.newInstance(Proxy.newProxyInstance(
                            config.getClassLoader(),
                            new Class<?>[] {config},
                            (self, method, arguments) -> method.getDefaultValue())));
                } catch (ReflectiveOperationException e) {
                    throw new LinkageError(e.getMessage(), e);
                }
            }
        }
        throw new AssertionError(component + " takes no configuration");
    }

    private void place(int count) {
        Problems problems = new Problems(42);
        List<DecisionRecord> records = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            PlacementOutcome outcome =
                    live.placement().decide(problems.placement("g" + i), problems.placementWishes(), Map.of());
            records.add(journal.recordOf(outcome, 1));
            if (records.size() == 500) {
                stores.decisions().append(records);
                records.clear();
            }
        }
        stores.decisions().append(records);
    }

    private void scale(int passes) {
        Problems problems = new Problems(43);
        for (int i = 0; i < passes; i++) {
            List<ScalingItem> items = problems.scaling(20);
            Map<GraphId, List<ScalingOutcome>> byGraph = live.scaling().decide(items, problems.roomFor(items)).stream()
                    .collect(Collectors.groupingBy(
                            outcome -> outcome.target().graph(), LinkedHashMap::new, Collectors.toList()));
            byGraph.values().forEach(outcomes -> journal.record(outcomes, 1));
        }
        journal.close();
    }

    private static ReplayRequest question(Optional<String> kind, Optional<String> strategy) {
        return new ReplayRequest(
                START,
                START.plus(Duration.ofDays(1)),
                Optional.empty(),
                kind,
                strategy,
                Optional.empty(),
                Optional.empty(),
                30_000);
    }

    private Replay replayed(StrategyModule by, ReplayRequest question) {
        ReplayRunner replays = new ReplayRunner(
                30_000, stores.decisions(), by.trials(), by.pricing(), by.catalog(), by.control(), Clock.systemUTC());
        String id = replays.begin(question, RequestOrigin.INTERNAL).id();
        Await.within(
                Duration.ofMinutes(5),
                () -> "the replay ends",
                () -> !replays.find(id).orElseThrow().state().equals("running"));
        Replay replay = replays.find(id).orElseThrow();
        replays.close();
        assertThat(replay.state()).as(replay.message()).isEqualTo("done");
        return replay;
    }

    private static long skipped(Replay replay) {
        return replay.skipped().stream().mapToLong(SkippedDecisions::count).sum();
    }

    @Test
    void tenThousandDecisionsOfTheOriginalVersionsComeOutTheSameBitForBit() {
        place(6_500);
        scale(300);

        Replay replay = replayed(live, question(Optional.empty(), Optional.empty()));

        assertThat(replay.differences()).isEmpty();
        assertThat(replay.identical()).isEqualTo(replay.replayed()).isGreaterThanOrEqualTo(10_000);
        assertThat(replay.decisions()).isEqualTo(12_500).isEqualTo(replay.replayed() + skipped(replay));
        assertThat(replay.skipped())
                .allSatisfy(skipped -> assertThat(skipped.why()).startsWith("it changed nothing"));
        assertThat(replay.terms())
                .extracting(objectiveSum -> objectiveSum.objective())
                .contains("carbon", "latency", "moves");
        assertThat(replay.terms())
                .allSatisfy(objectiveSum -> assertThat(objectiveSum.live()).isEqualTo(objectiveSum.shadow()));
    }

    @Test
    void whatTheEngineCutOfAnAnswerIsNoDifference() {
        Problems problems = new Problems(44);
        List<ScalingItem> items = problems.scaling(30);
        Map<GraphId, List<ScalingOutcome>> byGraph = live.scaling().decide(items, problems.roomFor(items)).stream()
                .map(ReplayTest::withoutGrowth)
                .collect(Collectors.groupingBy(outcome -> outcome.target().graph()));
        byGraph.values().forEach(outcomes -> journal.record(outcomes, 1));
        journal.close();

        Replay replay = replayed(live, question(Optional.of("scaling"), Optional.empty()));

        assertThat(replay.replayed()).isPositive();
        assertThat(replay.identical()).isEqualTo(replay.replayed());
    }

    /** As the engine does where a graph may have no more replicas in all. */
    private static ScalingOutcome withoutGrowth(ScalingOutcome outcome) {
        int most = outcome.target().replicas();
        return outcome.answer() instanceof Replicas replicas && replicas.replicas() > most
                ? new ScalingOutcome(
                        outcome.target(),
                        new Replicas(most, "no more in all"),
                        outcome.decidedBy(),
                        outcome.fallback(),
                        outcome.faults(),
                        outcome.effective(),
                        outcome.at(),
                        outcome.duration())
                : outcome;
    }

    @Test
    void aStrategyThatChangedUnderItsVersionIsDetected() {
        place(300);
        try (StrategyModule changed = strategies()) {
            install(changed, new Impostor(), "greedy", "1.0.0");
            Replay replay = replayed(changed, question(Optional.of("placement"), Optional.empty()));

            assertThat(replay.replayed()).isEqualTo(300);
            assertThat(replay.identical()).isLessThan(300);
            Map<String, String> decidedBy = stores
                    .decisions()
                    .list(
                            new Range(Optional.empty(), Optional.empty(), START, START.plus(Duration.ofDays(1)), ""),
                            1000)
                    .stream()
                    .collect(Collectors.toMap(
                            DecisionRecord::id, decision -> decision.strategy().id()));
            assertThat(replay.differences()).isNotEmpty().allSatisfy(difference -> {
                assertThat(decidedBy).containsEntry(difference.decision(), "greedy");
                assertThat(difference.recorded()).isNotEqualTo(difference.replayed());
            });
        }
    }

    @Test
    void anotherStrategyIsComparedWithWhatWasDecidedAndBothArePricedAlike() {
        place(200);

        Replay replay = replayed(live, question(Optional.empty(), Optional.of("first-fit")));

        assertThat(replay.replayed()).isEqualTo(200);
        assertThat(replay.identical()).isBetween(1L, 199L);
        assertThat(replay.differences())
                .allSatisfy(difference -> assertThat(difference.replayed()).doesNotContain("parameters"));
        assertThat(replay.terms())
                .anySatisfy(objectiveSum -> assertThat(objectiveSum.live()).isLessThan(objectiveSum.shadow()));
    }

    @Test
    void anotherStrategyIsPricedByEveryObjectiveAlsoThoseThatWereNotWeighed() {
        Problems problems = new Problems(45);
        List<DecisionRecord> records = new ArrayList<>();
        for (int i = 0; i < 50; i++) {
            records.add(journal.recordOf(
                    live.placement().decide(problems.placement("only-moves" + i), List.of(), Map.of()), 1));
        }
        stores.decisions().append(records);

        Replay replay = replayed(live, question(Optional.of("placement"), Optional.of("greedy")));

        assertThat(replay.terms())
                .extracting(objectiveSum -> objectiveSum.objective())
                .contains("carbon", "latency", "moves");
    }

    @Test
    void aVersionMayBeARange() {
        place(20);
        for (String range : List.of("[1.0,2.0)", "1.0.0", "1.0", "(0,9]")) {
            Replay replay = replayed(live, question("first-fit", range));
            assertThat(replay.replayed()).as(range).isEqualTo(20);
        }
        ReplayRunner replays = new ReplayRunner(
                20, stores.decisions(), live.trials(), live.pricing(), live.catalog(), live.control(), clock());
        for (String wrong : List.of("[1.0", "newest")) {
            assertThatThrownBy(() -> replays.begin(question("first-fit", wrong), RequestOrigin.INTERNAL))
                    .isInstanceOfSatisfying(SmoException.class, e -> assertThat(e.violations())
                            .extracting(violation -> violation.pointer())
                            .containsExactly("/version"));
        }
        assertThatThrownBy(() -> replays.begin(question("first-fit", "[2.0,3.0)"), RequestOrigin.INTERNAL))
                .isInstanceOf(SmoException.class);
        replays.close();
    }

    private static ReplayRequest question(String strategy, String version) {
        return new ReplayRequest(
                START,
                START.plus(Duration.ofDays(1)),
                Optional.empty(),
                Optional.of("placement"),
                Optional.of(strategy),
                Optional.of(version),
                Optional.empty(),
                20);
    }

    @Test
    void anEjectedStrategyMayBeAsked() {
        place(20);
        live.control()
                .eject(new StrategyRef(StrategyRef.PLACEMENT, "greedy", "1.0.0"), "by hand", CallContext.INTERNAL);

        Replay replay = replayed(live, question(Optional.of("placement"), Optional.of("greedy")));

        assertThat(replay.replayed()).isEqualTo(20);
        assertThat(replay.differences())
                .allSatisfy(difference -> assertThat(difference.replayed()).doesNotContain("no answer"));
    }

    @Test
    void infeasibleAnswersWithDifferentMessagesAreEqual() {
        Problems problems = new Problems(46);
        PlacementRequest small = problems.placement("huge");
        PlacementRequest huge = new PlacementRequestBuilder(
                        small.graph(),
                        DecisionReason.DEPLOY,
                        List.of(new PlacementService("big", new Resources(Long.MAX_VALUE / 4, 0, 0, 0), 1, 1)),
                        small.clusters())
                .build();
        stores.decisions().append(List.of(journal.recordOf(live.placement().decide(huge, List.of(), Map.of()), 1)));
        try (StrategyModule other = strategies()) {
            install(other, new OtherWords(), "first-fit", "1.0.1");
            install(other, new OtherWords(), "other-words", "1.0.0");

            Replay replay = replayed(other, question(Optional.empty(), Optional.of("other-words")));

            assertThat(replay.identical()).isEqualTo(replay.replayed()).isEqualTo(1);
        }
    }

    /** Twice the demand, to the strategy that is configured or named. */
    record Doubling() implements ScalingWrapper {

        /** Parameters. */
        public record DoublingParameters(Optional<ScalingWrapper.Base> base) {}

        @Override
        public Class<? extends Record> parametersType() {
            return DoublingParameters.class;
        }

        @Override
        public Prepared prepare(ScalingRequest request, DecisionContext context) {
            return new Prepared(
                    request.targets().stream()
                            .map(target -> target.demandPerSecond().isEmpty()
                                    ? target
                                    : target.change()
                                            .demand(2 * target.demandPerSecond().getAsDouble())
                                            .build())
                            .toList(),
                    request.targets().stream()
                            .map(target -> Optional.of("doubled"))
                            .toList());
        }
    }

    private static void scaler(StrategyModule strategies, ScalingStrategy strategy, String id, String version) {
        strategies.registry().add(strategy, Map.of(ScalingStrategy.ID, id, ScalingStrategy.VERSION, version));
    }

    @Test
    void whatAStrategyBuiltOnIsAskedAgainInItsVersion() {
        scaler(live, new Doubling(), "doubling", "1.0.0");
        Problems problems = new Problems(45);
        SourcedSelection wish = new SourcedSelection(
                "descriptor",
                new StrategySelection(
                        Optional.of("doubling"),
                        Optional.empty(),
                        JsonObject.EMPTY,
                        false,
                        Optional.empty(),
                        OptionalInt.empty()));
        List<ScalingItem> items = problems.scaling(20).stream()
                .map(item -> new ScalingItem(item.target(), List.of(wish)))
                .toList();
        live.scaling().decide(items, problems.roomFor(items)).stream()
                .collect(Collectors.groupingBy(outcome -> outcome.target().graph()))
                .values()
                .forEach(outcomes -> journal.record(outcomes, 1));
        journal.close();
        ScalingStrategy other = (request, context) -> new ScalingResult(request.targets().stream()
                .<Answer>map(target -> new Replicas(target.maxReplicas(), "as many as there may be"))
                .toList());
        try (StrategyModule later = strategies()) {
            scaler(later, new Doubling(), "doubling", "1.0.0");
            scaler(later, other, "optimal", "2.0.0");
            Replay replay = replayed(later, question(Optional.of("scaling"), Optional.empty()));
            assertThat(replay.identical()).isEqualTo(replay.replayed()).isPositive();
        }
        try (StrategyModule later = StrategyModule.create(() -> SETTINGS, clock(), MetricsRecorder.NONE)) {
            scaler(later, new Doubling(), "doubling", "1.0.0");
            scaler(later, other, "optimal", "2.0.0");
            Replay replay = replayed(later, question(Optional.of("scaling"), Optional.empty()));
            assertThat(replay.replayed()).isZero();
            assertThat(replay.skipped())
                    .extracting(SkippedDecisions::why)
                    .contains("the strategy optimal, on which it builds, is not installed");
        }
    }

    @Test
    void whatCannotBeReplayedIsCountedByReason() {
        place(100);
        scale(5);
        try (StrategyModule without = StrategyModule.create(() -> SETTINGS, clock(), MetricsRecorder.NONE)) {
            install(without, new FirstFitStrategy(), "first-fit", "1.0.0");
            objective(without, new MovesObjective(), "moves", "1.0.0");
            objective(without, new LatencyObjective(), "latency", "1.0.0");
            objective(without, configured(CarbonObjective.class), "carbon", "2.0.0");
            Replay replay = replayed(without, question(Optional.empty(), Optional.empty()));

            assertThat(replay.skipped())
                    .extracting(SkippedDecisions::why)
                    .contains(
                            "objective carbon 1.0.0 is not installed (now 2.0.0)",
                            "scaling strategy optimal 1.0.0 is not installed",
                            "scaling strategy threshold 1.0.0 is not installed");
            assertThat(replay.decisions()).isEqualTo(replay.replayed() + skipped(replay));
            assertThat(replay.identical()).isEqualTo(replay.replayed());
        }
    }

    @Test
    void aQuestionThatMakesNoSenseIsRefused() {
        ReplayRunner replays = new ReplayRunner(
                10, stores.decisions(), live.trials(), live.pricing(), live.catalog(), live.control(), clock());
        ReplayRequest wrong = new ReplayRequest(
                START,
                START,
                Optional.empty(),
                Optional.of("weather"),
                Optional.empty(),
                Optional.of("1.0.0"),
                Optional.empty(),
                11);

        assertThatThrownBy(() -> replays.begin(wrong, RequestOrigin.INTERNAL))
                .isInstanceOfSatisfying(SmoException.class, e -> assertThat(e.violations())
                        .extracting(violation -> violation.pointer())
                        .containsExactlyInAnyOrder("/until", "/limit", "/kind", "/strategy"));
        ReplayRequest unknown = new ReplayRequest(
                START,
                START.plusSeconds(1),
                Optional.empty(),
                Optional.empty(),
                Optional.of("nobody"),
                Optional.empty(),
                Optional.empty(),
                10);
        assertThatThrownBy(() -> replays.begin(unknown, RequestOrigin.INTERNAL))
                .isInstanceOf(SmoException.class)
                .hasMessageContaining("replay request is invalid");
        replays.close();
    }

    /** Finds no placement, and reports it in its own words. */
    private static final class OtherWords implements PlacementStrategy {
        @Override
        public PlacementResult place(PlacementRequest request, DecisionContext context) {
            return new PlacementResult.Infeasible(
                    Map.of(
                            request.services().get(0).id(),
                            Map.of(request.clusters().get(0).id(), "tight")),
                    Optional.of("grow"));
        }
    }

    /** Takes the parameters of "greedy" and is not. */
    private static final class Impostor implements PlacementStrategy {
        private final PlacementStrategy firstFit = new FirstFitStrategy();

        @Override
        public Class<? extends Record> parametersType() {
            return new GreedyStrategy().parametersType();
        }

        @Override
        public PlacementResult place(PlacementRequest request, DecisionContext context) {
            return firstFit.place(request, context);
        }
    }
}
