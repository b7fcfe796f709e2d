// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.strategies.control;

import static eu.nephele.smo.core.strategies.Room.wish;
import static org.assertj.core.api.Assertions.assertThat;

import eu.nephele.smo.api.model.JsonValue.JsonObject;
import eu.nephele.smo.api.model.StrategySelection.ObjectiveWeight;
import eu.nephele.smo.api.placement.DecisionReason;
import eu.nephele.smo.api.placement.PlacementRequest;
import eu.nephele.smo.api.placement.PlacementStrategy;
import eu.nephele.smo.core.contract.decision.DecisionTrials.PlacementTrial;
import eu.nephele.smo.core.contract.decision.DecisionTrials.Terms;
import eu.nephele.smo.core.contract.decision.PlacementOutcome;
import eu.nephele.smo.core.contract.decision.StrategyControl.State;
import eu.nephele.smo.core.contract.decision.StrategyFault;
import eu.nephele.smo.core.contract.decision.StrategyRef;
import eu.nephele.smo.core.strategies.Room;
import eu.nephele.smo.core.strategies.settings.Settings;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class GuardedTrialsTest {
    private static final PlacementRequest DEPLOY = Room.request(DecisionReason.DEPLOY);
    private static final Instant PAST = Instant.parse("2026-10-01T00:00:00Z");

    private final Room room = new Room();
    private final AtomicBoolean over = new AtomicBoolean();

    @BeforeEach
    void lastResort() {
        room.placement("first-fit", Room.allOn(0));
        room.objective("moves", (request, costs) -> costs.assign(0, 1, 5));
    }

    @AfterEach
    void close() {
        over.set(true);
        room.close();
    }

    private static Terms terms(String version, OptionalLong workUnits) {
        return new Terms(
                new StrategyRef(StrategyRef.PLACEMENT, "s", version),
                JsonObject.EMPTY,
                Map.of("moves", ObjectiveWeight.of(1)),
                77,
                PAST,
                workUnits,
                200);
    }

    private PlacementTrial trial(String version) {
        return room.strategies.trials().place(DEPLOY, terms(version, OptionalLong.empty()));
    }

    @Test
    void theVersionThatIsAskedForDecidesWithTheTermsOfTheTrial() {
        List<Object> seen = Collections.synchronizedList(new ArrayList<>());
        room.placement("s", "2.0.0", Room.allOn(0));
        room.placement("s", "1.0.0", (request, context) -> {
            seen.addAll(List.of(context.now(), context.seed(), context.workBudget()));
            return Room.placed(request, 1);
        });
        PlacementTrial trial = room.strategies.trials().place(DEPLOY, terms("1.0.0", OptionalLong.of(3)));
        assertThat(trial.result()).contains(Room.placed(DEPLOY, 1));
        assertThat(trial.terms()).singleElement().satisfies(term -> assertThat(term.value())
                .isEqualTo(5));
        assertThat(trial.faults()).isEmpty();
        assertThat(seen).containsExactly(PAST, 77L, OptionalLong.of(3));
    }

    @Test
    void aTrialOfARecordedProblemIsPricedAnew() {
        room.placement("s", Room.allOn(1));
        PlacementOutcome live = room.decide(DEPLOY, wish("request", "s"));
        PlacementTrial trial = room.strategies.trials().place(live.request(), terms("1.0.0", OptionalLong.empty()));
        assertThat(trial.result()).contains(live.result());
        assertThat(trial.terms()).isEqualTo(live.terms());
    }

    @Test
    void faultsOfATrialCountForTheTrialOnly() {
        room.placement("s", (request, context) -> {
            throw new IllegalStateException("broken");
        });
        for (int i = 0; i < 10; i++) {
            PlacementTrial trial = trial("1.0.0");
            assertThat(trial.result()).as("nobody stands in").isEmpty();
            assertThat(trial.faults()).extracting(StrategyFault::what).containsExactly("exception");
        }
        assertThat(room.standing("placement", "s", "1.0.0").faults()).isZero();
        assertThat(room.standing("placement", "s", "1.0.0").state()).isEqualTo(State.USED);
        assertThat(room.standing("placement", "s", "1.0.0").decisions()).isZero();
    }

    @Test
    void aTrialThatKeepsAThreadEjectsAllTheSame() throws InterruptedException {
        room.placement("s", (request, context) -> {
            while (!over.get()) {
                Thread.onSpinWait();
            }
            return Room.placed(request, 1);
        });
        trial("1.0.0");
        until(() -> room.standing("placement", "s", "1.0.0").state() == State.EJECTED);
        assertThat(trial("1.0.0").faults()).extracting(StrategyFault::what).containsExactly("ejected");
    }

    @Test
    void whatWasEjectedBecauseItUsedUpTheMemoryOfEverybodyIsNotAskedAgain() {
        AtomicInteger calls = new AtomicInteger();
        room.placement("s", (request, context) -> {
            calls.incrementAndGet();
            return Room.placed(request, new byte[Integer.MAX_VALUE].length);
        });
        room.decide(DEPLOY, wish("request", "s"));
        assertThat(room.standing("placement", "s", "1.0.0").state()).isEqualTo(State.EJECTED);
        PlacementTrial trial = room.strategies.trials().place(DEPLOY, alsoEjected());
        assertThat(trial.faults()).singleElement().satisfies(fault -> {
            assertThat(fault.what()).isEqualTo("ejected");
            assertThat(fault.message()).contains("Requested array size");
        });
        assertThat(calls).hasValue(1);
    }

    @Test
    void whatWasEjectedForItsFaultsMayBeAsked() {
        AtomicInteger calls = new AtomicInteger();
        room.placement("s", (request, context) -> {
            if (calls.incrementAndGet() <= 3) {
                throw new IllegalStateException("broken");
            }
            return Room.placed(request, 1);
        });
        for (int i = 0; i < 3; i++) {
            room.decide(DEPLOY, wish("request", "s"));
        }
        assertThat(room.standing("placement", "s", "1.0.0").state()).isEqualTo(State.EJECTED);
        assertThat(room.strategies.trials().place(DEPLOY, alsoEjected()).result())
                .isPresent();
    }

    private static Terms alsoEjected() {
        return new Terms(
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
    void whoKnowsOneLevelOfCostsIsAskedWithTheFirstAsItWouldBeLive() {
        room.objective("price", (request, costs) -> costs.assign(1, 1, 2));
        List<Integer> levels = Collections.synchronizedList(new ArrayList<>());
        PlacementStrategy flat = (request, context) -> {
            levels.add(request.costs().size());
            return Room.placed(request, 1);
        };
        room.placement("s", flat);
        PlacementTrial trial = room.strategies
                .trials()
                .place(
                        DEPLOY,
                        new Terms(
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
        room.configure(old -> new Settings(
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
                Settings.Limits.STANDARD));
        CountDownLatch inside = new CountDownLatch(1);
        CountDownLatch release = new CountDownLatch(1);
        room.placement("s", (request, context) -> {
            inside.countDown();
            await(release);
            return Room.placed(request, 1);
        });
        CompletableFuture<PlacementTrial> trying = CompletableFuture.supplyAsync(() -> room.strategies
                .trials()
                .place(
                        DEPLOY,
                        new Terms(
                                new StrategyRef(StrategyRef.PLACEMENT, "s", "1.0.0"),
                                JsonObject.EMPTY,
                                Map.of(),
                                1,
                                PAST,
                                OptionalLong.empty(),
                                20_000)));
        assertThat(inside.await(10, TimeUnit.SECONDS)).isTrue();
        assertThat(room.strategies.trials().crowded()).isFalse();
        assertThat(room.decide(DEPLOY).decidedBy().id()).isEqualTo("first-fit");
        release.countDown();
        assertThat(trying.get(10, TimeUnit.SECONDS).result()).isPresent();
    }

    @Test
    void itIsCrowdedWhileLiveDecisionsWait() throws Exception {
        room.configure(old -> new Settings(
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
                Settings.Limits.STANDARD));
        CountDownLatch release = new CountDownLatch(1);
        room.placement("s", (request, context) -> {
            await(release);
            return Room.placed(request, 1);
        });
        List<CompletableFuture<PlacementOutcome>> deciding = List.of(
                CompletableFuture.supplyAsync(() -> room.decide(DEPLOY, wish("request", "s")), GuardedTrialsTest::run),
                CompletableFuture.supplyAsync(() -> room.decide(DEPLOY, wish("request", "s")), GuardedTrialsTest::run));
        until(() -> room.strategies.trials().crowded());
        release.countDown();
        for (CompletableFuture<PlacementOutcome> each : deciding) {
            each.get(10, TimeUnit.SECONDS);
        }
        assertThat(room.strategies.trials().crowded()).isFalse();
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

    /** Fails, instead of waiting for ever, when it does not come true. */
    private static void until(BooleanSupplier holds) throws InterruptedException {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
        while (!holds.getAsBoolean()) {
            assertThat(System.nanoTime()).as("it does not come true").isLessThan(end);
            TimeUnit.MILLISECONDS.sleep(1);
        }
    }
}
