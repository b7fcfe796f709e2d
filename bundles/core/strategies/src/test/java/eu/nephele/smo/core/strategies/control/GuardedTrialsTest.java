// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.strategies.control;

import static eu.nephele.smo.core.strategies.StrategyHost.wish;
import static org.assertj.core.api.Assertions.assertThat;

import eu.nephele.smo.api.model.JsonValue.JsonObject;
import eu.nephele.smo.api.model.StrategySelection.ObjectiveWeight;
import eu.nephele.smo.api.placement.DecisionReason;
import eu.nephele.smo.api.placement.PlacementRequest;
import eu.nephele.smo.api.placement.PlacementStrategy;
import eu.nephele.smo.core.contract.decision.DecisionTrials.PlacementTrial;
import eu.nephele.smo.core.contract.decision.DecisionTrials.TrialSettings;
import eu.nephele.smo.core.contract.decision.DecisionTrials.VariantTrials;
import eu.nephele.smo.core.contract.decision.PlacementOutcome;
import eu.nephele.smo.core.contract.decision.StrategyControl.State;
import eu.nephele.smo.core.contract.decision.StrategyFault;
import eu.nephele.smo.core.contract.decision.StrategyRef;
import eu.nephele.smo.core.strategies.StrategyHost;
import eu.nephele.smo.core.strategies.settings.StrategySettings;
import eu.nephele.smo.lab.testkit.Await;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class GuardedTrialsTest {
    private static final PlacementRequest DEPLOY = StrategyHost.request(DecisionReason.DEPLOY);
    private static final Instant PAST = Instant.parse("2026-10-01T00:00:00Z");

    private final StrategyHost strategyHost = new StrategyHost();
    private final AtomicBoolean over = new AtomicBoolean();

    @BeforeEach
    void lastResort() {
        strategyHost.placement("first-fit", StrategyHost.allOn(0));
        strategyHost.objective("moves", (request, costs) -> costs.assign(0, 1, 5));
    }

    @AfterEach
    void close() {
        over.set(true);
        strategyHost.close();
    }

    private static TrialSettings terms(String version, OptionalLong workUnits) {
        return new TrialSettings(
                new StrategyRef(StrategyRef.PLACEMENT, "s", version),
                JsonObject.EMPTY,
                Map.of("moves", ObjectiveWeight.of(1)),
                77,
                PAST,
                workUnits,
                200);
    }

    private PlacementTrial trial(String version) {
        return strategyHost.strategies.trials().place(DEPLOY, terms(version, OptionalLong.empty()));
    }

    @Test
    void theVersionThatIsAskedForDecidesWithTheTermsOfTheTrial() {
        List<Object> seen = Collections.synchronizedList(new ArrayList<>());
        strategyHost.placement("s", "2.0.0", StrategyHost.allOn(0));
        strategyHost.placement("s", "1.0.0", (request, context) -> {
            seen.addAll(List.of(context.now(), context.seed(), context.workBudget()));
            return StrategyHost.placed(request, 1);
        });
        PlacementTrial trial = strategyHost.strategies.trials().place(DEPLOY, terms("1.0.0", OptionalLong.of(3)));
        assertThat(trial.result()).contains(StrategyHost.placed(DEPLOY, 1));
        assertThat(trial.terms()).singleElement().satisfies(term -> assertThat(term.value())
                .isEqualTo(5));
        assertThat(trial.faults()).isEmpty();
        assertThat(seen).containsExactly(PAST, 77L, OptionalLong.of(3));
    }

    @Test
    void aTrialOfARecordedProblemIsPricedAnew() {
        strategyHost.placement("s", StrategyHost.allOn(1));
        PlacementOutcome live = strategyHost.decide(DEPLOY, wish("request", "s"));
        PlacementTrial trial =
                strategyHost.strategies.trials().place(live.request(), terms("1.0.0", OptionalLong.empty()));
        assertThat(trial.result()).contains(live.result());
        assertThat(trial.terms()).isEqualTo(live.terms());
    }

    @Test
    void faultsOfATrialCountForTheTrialOnly() {
        strategyHost.placement("s", (request, context) -> {
            throw new IllegalStateException("broken");
        });
        for (int i = 0; i < 10; i++) {
            PlacementTrial trial = trial("1.0.0");
            assertThat(trial.result()).as("nobody stands in").isEmpty();
            assertThat(trial.faults()).extracting(StrategyFault::what).containsExactly("exception");
        }
        assertThat(strategyHost.standing("placement", "s", "1.0.0").faults()).isZero();
        assertThat(strategyHost.standing("placement", "s", "1.0.0").state()).isEqualTo(State.USED);
        assertThat(strategyHost.standing("placement", "s", "1.0.0").decisions()).isZero();
    }

    @Test
    void aTrialThatKeepsAThreadEjectsAllTheSame() throws InterruptedException {
        strategyHost.placement("s", (request, context) -> {
            while (!over.get()) {
                Thread.onSpinWait();
            }
            return StrategyHost.placed(request, 1);
        });
        trial("1.0.0");
        Await.until(
                "the strategy is ejected",
                () -> strategyHost.standing("placement", "s", "1.0.0").state() == State.EJECTED);
        assertThat(trial("1.0.0").faults()).extracting(StrategyFault::what).containsExactly("ejected");
    }

    @Test
    void aStrategyEjectedForHeapUseIsNotCalledAgain() {
        AtomicInteger calls = new AtomicInteger();
        strategyHost.placement("s", (request, context) -> {
            calls.incrementAndGet();
            return StrategyHost.placed(request, new byte[Integer.MAX_VALUE].length);
        });
        strategyHost.decide(DEPLOY, wish("request", "s"));
        assertThat(strategyHost.standing("placement", "s", "1.0.0").state()).isEqualTo(State.EJECTED);
        PlacementTrial trial = strategyHost.strategies.trials().place(DEPLOY, alsoEjected());
        assertThat(trial.faults()).singleElement().satisfies(fault -> {
            assertThat(fault.what()).isEqualTo("ejected");
            assertThat(fault.message()).contains("Requested array size");
        });
        assertThat(calls).hasValue(1);
    }

    @Test
    void whatWasEjectedForItsFaultsMayBeAsked() {
        AtomicInteger calls = new AtomicInteger();
        strategyHost.placement("s", (request, context) -> {
            if (calls.incrementAndGet() <= 3) {
                throw new IllegalStateException("broken");
            }
            return StrategyHost.placed(request, 1);
        });
        for (int i = 0; i < 3; i++) {
            strategyHost.decide(DEPLOY, wish("request", "s"));
        }
        assertThat(strategyHost.standing("placement", "s", "1.0.0").state()).isEqualTo(State.EJECTED);
        assertThat(strategyHost.strategies.trials().place(DEPLOY, alsoEjected()).result())
                .isPresent();
    }

    private static TrialSettings alsoEjected() {
        return new TrialSettings(
                new StrategyRef(StrategyRef.PLACEMENT, "s", "1.0.0"),
                JsonObject.EMPTY,
                Map.of(),
                1,
                PAST,
                OptionalLong.empty(),
                200,
                true);
    }

    @Test
    void whatIsNotThereIsAFaultOfTheTrial() {
        assertThat(trial("3.0.0").faults()).extracting(StrategyFault::what).containsExactly("missing");
    }

    @Test
    void aStrategyWithOneCostLevelGetsTheFirstLevelAsInLiveDecisions() {
        strategyHost.objective("price", (request, costs) -> costs.assign(1, 1, 2));
        List<Integer> levels = Collections.synchronizedList(new ArrayList<>());
        PlacementStrategy flat = (request, context) -> {
            levels.add(request.costs().size());
            return StrategyHost.placed(request, 1);
        };
        strategyHost.placement("s", flat);
        PlacementTrial trial = strategyHost
                .strategies
                .trials()
                .place(
                        DEPLOY,
                        new TrialSettings(
                                new StrategyRef(StrategyRef.PLACEMENT, "s", "1.0.0"),
                                JsonObject.EMPTY,
                                Map.of("moves", ObjectiveWeight.of(1), "price", new ObjectiveWeight(1, 1)),
                                1,
                                PAST,
                                OptionalLong.empty(),
                                200));
        assertThat(trial.result()).isPresent();
        assertThat(levels).containsExactly(1);
    }

    @Test
    void aTrialTakesNoPermitFromLiveDecisions() throws Exception {
        strategyHost.configure(old -> new StrategySettings(
                old.initialPlacement(),
                old.weightedPlacement(),
                old.replacement(),
                old.fallbackPlacement(),
                old.scaling(),
                old.scalingParameters(),
                old.objectives(),
                old.projectDefaults(),
                old.budgets(),
                1,
                50,
                StrategySettings.StrategyLimits.STANDARD));
        CountDownLatch inside = new CountDownLatch(1);
        CountDownLatch release = new CountDownLatch(1);
        strategyHost.placement("s", (request, context) -> {
            inside.countDown();
            await(release);
            return StrategyHost.placed(request, 1);
        });
        CompletableFuture<PlacementTrial> trying = CompletableFuture.supplyAsync(() -> strategyHost
                .strategies
                .trials()
                .place(
                        DEPLOY,
                        new TrialSettings(
                                new StrategyRef(StrategyRef.PLACEMENT, "s", "1.0.0"),
                                JsonObject.EMPTY,
                                Map.of(),
                                1,
                                PAST,
                                OptionalLong.empty(),
                                20_000)));
        assertThat(inside.await(10, TimeUnit.SECONDS)).isTrue();
        assertThat(strategyHost.strategies.trials().crowded()).isFalse();
        assertThat(strategyHost.decide(DEPLOY).decidedBy().id()).isEqualTo("first-fit");
        release.countDown();
        assertThat(trying.get(10, TimeUnit.SECONDS).result()).isPresent();
    }

    @Test
    void trialsAreCrowdedWhileLiveDecisionsWait() throws Exception {
        strategyHost.configure(old -> new StrategySettings(
                old.initialPlacement(),
                old.weightedPlacement(),
                old.replacement(),
                old.fallbackPlacement(),
                old.scaling(),
                old.scalingParameters(),
                old.objectives(),
                old.projectDefaults(),
                old.budgets(),
                1,
                50,
                StrategySettings.StrategyLimits.STANDARD));
        CountDownLatch release = new CountDownLatch(1);
        strategyHost.placement("s", (request, context) -> {
            await(release);
            return StrategyHost.placed(request, 1);
        });
        List<CompletableFuture<PlacementOutcome>> deciding = List.of(
                CompletableFuture.supplyAsync(
                        () -> strategyHost.decide(DEPLOY, wish("request", "s")), GuardedTrialsTest::run),
                CompletableFuture.supplyAsync(
                        () -> strategyHost.decide(DEPLOY, wish("request", "s")), GuardedTrialsTest::run));
        Await.until(
                "the trials are crowded", () -> strategyHost.strategies.trials().crowded());
        release.countDown();
        for (CompletableFuture<PlacementOutcome> each : deciding) {
            each.get(10, TimeUnit.SECONDS);
        }
        assertThat(strategyHost.strategies.trials().crowded()).isFalse();
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void run(Runnable task) {
        new Thread(task).start();
    }

    @Test
    void variantsArePricedOnceAndAnsweredInOneCall() {
        AtomicInteger priced = new AtomicInteger();
        strategyHost.objective("power", (request, costs) -> {
            priced.incrementAndGet();
            costs.assign(0, 0, 7);
        });
        List<Thread> threads = Collections.synchronizedList(new ArrayList<>());
        strategyHost.placement("s", (request, context) -> {
            threads.add(Thread.currentThread());
            assertThat(context.remainingMillis()).isGreaterThanOrEqualTo(20);
            assertThat(request.costs()).isNotEmpty();
            return StrategyHost.placed(request, 1);
        });
        VariantTrials answers =
                variants(50, Map.of("moves", ObjectiveWeight.of(1), "power", ObjectiveWeight.of(2)), 20_000);
        assertThat(answers.trials()).hasSize(50).allSatisfy(trial -> assertThat(trial.result())
                .contains(StrategyHost.placed(DEPLOY, 1)));
        assertThat(priced).hasValue(1);
        assertThat(Set.copyOf(threads)).hasSize(1);
    }

    @Test
    void aVariantThatFailsTakesNoAnswerFromTheOthers() {
        AtomicInteger calls = new AtomicInteger();
        strategyHost.placement("s", (request, context) -> {
            if (calls.incrementAndGet() == 2) {
                throw new IllegalStateException("broken");
            }
            return StrategyHost.placed(request, calls.get() == 3 ? 99 : 1);
        });
        VariantTrials answers = variants(4, Map.of(), 20_000);
        assertThat(answers.trials()).hasSize(4);
        assertThat(answers.trials().stream().map(trial -> trial.result().isPresent()))
                .containsExactly(true, false, false, true);
        assertThat(answers.trials().get(1).faults())
                .extracting(StrategyFault::what)
                .containsExactly("exception");
    }

    @Test
    void variantsEndWhenTheirTimeIsOver() {
        strategyHost.placement("s", (request, context) -> {
            while (!context.shouldStop()) {
                Thread.onSpinWait();
            }
            return StrategyHost.placed(request, 1);
        });
        VariantTrials answers = variants(100, Map.of(), 200);
        assertThat(answers.gaveWay()).isFalse();
        assertThat(answers.trials().stream()
                        .filter(trial -> trial.result().isPresent())
                        .count())
                .isBetween(2L, 20L);
        assertThat(answers.trials()).hasSizeLessThan(100);
    }

    @Test
    void variantsOfAStrategyThatIsGoneSayIt() {
        assertThat(variants(3, Map.of(), 20_000).trials()).hasSize(3).allSatisfy(trial -> assertThat(trial.faults())
                .extracting(StrategyFault::what)
                .containsExactly("missing"));
    }

    private VariantTrials variants(int count, Map<String, ObjectiveWeight> weights, long budgetMillis) {
        return strategyHost
                .strategies
                .trials()
                .placeVariants(
                        DEPLOY,
                        Collections.nCopies(count, DEPLOY),
                        new TrialSettings(
                                new StrategyRef(StrategyRef.PLACEMENT, "s", "1.0.0"),
                                JsonObject.EMPTY,
                                weights,
                                1,
                                PAST,
                                OptionalLong.empty(),
                                budgetMillis));
    }
}
