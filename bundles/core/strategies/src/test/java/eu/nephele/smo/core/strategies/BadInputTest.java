// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.strategies;

import static eu.nephele.smo.core.strategies.StrategyHost.id;
import static eu.nephele.smo.core.strategies.StrategyHost.wish;
import static org.assertj.core.api.Assertions.assertThat;

import eu.nephele.smo.api.model.Placement;
import eu.nephele.smo.api.placement.DecisionReason;
import eu.nephele.smo.api.placement.PlacementRequest;
import eu.nephele.smo.api.placement.PlacementResult;
import eu.nephele.smo.api.placement.PlacementResult.Infeasible;
import eu.nephele.smo.api.placement.PlacementResult.Placed;
import eu.nephele.smo.api.placement.PlacementResult.Quality;
import eu.nephele.smo.api.placement.PlacementResult.StopReason;
import eu.nephele.smo.api.placement.PlacementStrategy;
import eu.nephele.smo.core.contract.decision.PlacementOutcome;
import eu.nephele.smo.core.contract.decision.StrategyControl.State;
import eu.nephele.smo.core.contract.decision.StrategyFault;
import eu.nephele.smo.core.contract.decision.StrategyRef;
import eu.nephele.smo.core.strategies.settings.StrategySettings;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A new version misbehaves: it is out within 2 seconds after that shows, the previous one decides, and no graph waits. */
@Timeout(120)
class BadInputTest {
    private static final PlacementRequest DEPLOY = StrategyHost.request(DecisionReason.DEPLOY);
    private static final Duration SOON = Duration.ofSeconds(20);
    private static final String BAD_THREAD = "bad-thread";

    private final StrategyHost strategyHost = new StrategyHost();
    private final AtomicBoolean over = new AtomicBoolean();
    private final AtomicInteger calls = new AtomicInteger();

    @BeforeEach
    void bearLittle() {
        strategyHost.bear(200, 50, new StrategySettings.StrategyLimits(3, 5, 60, 1, 64));
        strategyHost.placement("first-fit", StrategyHost.allOn(0));
        strategyHost.objective("moves", (request, costs) -> {});
    }

    /** All strategies here have the same bundle: the next one must not be blamed for threads of this one. */
    @AfterEach
    void close() throws InterruptedException {
        over.set(true);
        strategyHost.close();
        // again and again: who starts them may be at it still
        for (List<Thread> bad = badThreads(); !bad.isEmpty(); bad = badThreads()) {
            for (Thread thread : bad) {
                thread.interrupt();
                thread.join(SOON.toMillis());
            }
        }
    }

    private static List<Thread> badThreads() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().equals(BAD_THREAD))
                .toList();
    }

    private record Bad(String name, String what, Function<AtomicBoolean, PlacementStrategy> strategy) {
        @Override
        public String toString() {
            return name;
        }
    }

    static Stream<Bad> bad() {
        return Stream.of(
                new Bad("throws", "exception", over -> (request, context) -> {
                    throw new IllegalStateException("broken");
                }),
                new Bad("runs out of stack", "exception", over -> (request, context) -> deeper(request, 0)),
                new Bad("runs out of memory", "exception", over -> (request, context) -> {
                    throw new OutOfMemoryError("as if");
                }),
                new Bad("throws what cannot even describe itself", "exception", over -> (request, context) -> {
                    throw new Indescribable();
                }),
                new Bad("answers too late", "timeout", over -> (request, context) -> {
                    untilInterrupted();
                    return StrategyHost.placed(request, 0);
                }),
                new Bad("loops for ever and ignores interrupts", "timeout", over -> (request, context) -> {
                    while (!over.get()) {
                        Thread.onSpinWait();
                    }
                    return StrategyHost.placed(request, 0);
                }),
                new Bad("waits for ever and ignores interrupts", "timeout", over -> (request, context) -> {
                    while (!over.get()) {
                        untilInterrupted();
                        Thread.interrupted();
                    }
                    return StrategyHost.placed(request, 0);
                }),
                new Bad("allocates without end", "allocation", over -> (request, context) -> {
                    List<byte[]> hog = new ArrayList<>();
                    while (!Thread.currentThread().isInterrupted() && hog.size() < 2_000) {
                        hog.add(new byte[1 << 16]);
                    }
                    untilInterrupted();
                    return StrategyHost.placed(request, hog.size());
                }),
                new Bad("overbooks", "invalid_answer", over -> (request, context) -> placed("c1", "c1", 9)),
                new Bad(
                        "omits a service",
                        "invalid_answer",
                        over -> (request, context) ->
                                new Placed(Placement.whole(Map.of("a", id("c1")), service -> 1), Quality.HEURISTIC)),
                new Bad("invents a cluster", "invalid_answer", over -> (request, context) -> placed("c1", "c9", 1)),
                new Bad("starts hundreds of threads", "threads", over -> (request, context) -> {
                    for (int i = 0; i < 300 && !over.get(); i++) {
                        new Thread(BadInputTest::untilInterrupted, BAD_THREAD).start();
                    }
                    untilInterrupted();
                    return StrategyHost.placed(request, 0);
                }),
                new Bad(
                        "writes a long note",
                        "invalid_answer",
                        over -> (request, context) -> new Placed(
                                ((Placed) StrategyHost.placed(request, 0)).placement(),
                                new Quality(
                                        StopReason.FINISHED,
                                        OptionalLong.empty(),
                                        OptionalLong.empty(),
                                        longText(1_001)))),
                new Bad(
                        "gives a long reason",
                        "invalid_answer",
                        over -> (request, context) ->
                                new Infeasible(Map.of("a", Map.of(id("c1"), longText(501))), Optional.empty())),
                new Bad(
                        "gives a reason for an invented cluster",
                        "invalid_answer",
                        over -> (request, context) ->
                                new Infeasible(Map.of("a", Map.of(id(longText(1 << 20)), "full")), Optional.empty())),
                new Bad(
                        "says at length what would have to change",
                        "invalid_answer",
                        over -> (request, context) ->
                                new Infeasible(Map.of("a", Map.of(id("c1"), "full")), Optional.of(longText(2_001)))),
                new Bad(
                        "places on a cluster with a long name",
                        "invalid_answer",
                        over -> (request, context) -> placed("c1", longText(1 << 20), 1)),
                new Bad("answers nothing", "invalid_answer", over -> (request, context) -> null));
    }

    private static String longText(int characters) {
        return "x".repeat(characters);
    }

    private static PlacementResult deeper(PlacementRequest request, int depth) {
        PlacementResult result = depth < 0 ? StrategyHost.placed(request, 0) : deeper(request, depth + 1);
        return depth < 0 ? deeper(request, 0) : result;
    }

    /** A throwable whose every word throws. */
    private static final class Indescribable extends RuntimeException {
        private static final long serialVersionUID = 1L;

        @Override
        public String getMessage() {
            throw this;
        }

        @Override
        public String toString() {
            throw this;
        }
    }

    private static PlacementResult placed(String ofA, String ofB, int replicas) {
        return new Placed(Placement.whole(Map.of("a", id(ofA), "b", id(ofB)), service -> replicas), Quality.HEURISTIC);
    }

    private static void untilInterrupted() {
        try {
            new CountDownLatch(1).await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private PlacementStrategy counted(PlacementStrategy strategy) {
        return (request, context) -> {
            calls.incrementAndGet();
            return strategy.place(request, context);
        };
    }

    private State state(String version) {
        return strategyHost.standing(StrategyRef.PLACEMENT, "s", version).state();
    }

    private PlacementOutcome decide() {
        PlacementOutcome outcome = strategyHost.decide(DEPLOY, wish("descriptor", "s"));
        assertThat(outcome.result()).as("every graph is decided").isInstanceOf(Placed.class);
        return outcome;
    }

    /**
     * @return the first decision for which the machine had time: a starved one proves nothing, nor does one that finds
     *     the
     *     starved call still running
     */
    private PlacementOutcome decideUntilEjected(String version) {
        PlacementOutcome first = decide();
        boolean starved = false;
        while (any(first, "starved") || (starved && any(first, "stuck"))) {
            starved = true;
            first = decide();
        }
        long shown = System.nanoTime();
        while (state(version) != State.EJECTED) {
            assertThat(Duration.ofNanos(System.nanoTime() - shown)).isLessThan(SOON);
            decide();
        }
        assertThat(Duration.ofNanos(System.nanoTime() - shown)).isLessThan(SOON);
        return first;
    }

    private static boolean any(PlacementOutcome outcome, String what) {
        assertThat(outcome.faults()).isNotEmpty();
        return outcome.faults().stream().anyMatch(fault -> fault.what().equals(what));
    }

    @ParameterizedTest
    @MethodSource("bad")
    void aVersionThatMisbehavesIsOutSoonAndThePreviousOneDecides(Bad bad) {
        strategyHost.placement("s", "1.0.0", StrategyHost.allOn(1));
        strategyHost.placement("s", "2.0.0", counted(bad.strategy().apply(over)));

        PlacementOutcome first = decideUntilEjected("2.0.0");
        assertThat(first.faults()).extracting(StrategyFault::what).containsExactly(bad.what());
        assertThat(first.decidedBy().version()).isEqualTo("1.0.0");

        int before = calls.get();
        PlacementOutcome later = decide();
        assertThat(later.decidedBy()).isEqualTo(new StrategyRef(StrategyRef.PLACEMENT, "s", "1.0.0"));
        assertThat(later.result()).isEqualTo(StrategyHost.placed(DEPLOY, 1));
        assertThat(later.fallback()).isTrue();
        assertThat(later.faults()).singleElement().satisfies(fault -> {
            assertThat(fault.who()).isEqualTo("s 2.0.0");
            assertThat(fault.what()).isEqualTo("ejected");
            assertThat(fault.message()).startsWith("ejected: ").hasSizeGreaterThan(20);
        });
        assertThat(calls).as("not called any more").hasValue(before);
    }

    @ParameterizedTest
    @MethodSource("bad")
    void withoutAPreviousVersionTheFallbackDecidesAndNobodyWaits(Bad bad) {
        strategyHost.placement("s", "2.0.0", bad.strategy().apply(over));
        decideUntilEjected("2.0.0");
        strategyHost.configure(old -> waiting(old, 30_000));
        long start = System.nanoTime();
        PlacementOutcome later = decide();
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(SOON);
        assertThat(later.decidedBy().id()).isEqualTo("first-fit");
        assertThat(later.faults()).extracting(StrategyFault::what).containsExactly("ejected");
    }

    private static StrategySettings waiting(StrategySettings old, long missingWaitMillis) {
        return new StrategySettings(
                old.initialPlacement(),
                old.weightedPlacement(),
                old.replacement(),
                old.fallbackPlacement(),
                old.scaling(),
                old.scalingParameters(),
                old.objectives(),
                old.projectDefaults(),
                old.budgets(),
                old.poolSize(),
                missingWaitMillis,
                old.limits());
    }

    @Test
    void aVersionThatCallsItselfTheLastResortIsEjectedLikeAnyOther() {
        strategyHost.placement("first-fit", "9.0.0", (request, context) -> {
            throw new IllegalStateException("broken");
        });
        for (int i = 0; i < 4; i++) {
            assertThat(strategyHost.decide(DEPLOY).result()).isInstanceOf(Placed.class);
        }
        assertThat(strategyHost
                        .standing(StrategyRef.PLACEMENT, "first-fit", "9.0.0")
                        .state())
                .isEqualTo(State.EJECTED);
        assertThat(strategyHost.decide(DEPLOY).decidedBy().version()).isEqualTo("1.0.0");
    }

    @Test
    void theLastVersionOfTheLastResortStaysWhateverItDoes() {
        AtomicBoolean broken = new AtomicBoolean(true);
        try (StrategyHost alone = new StrategyHost()) {
            alone.placement("first-fit", (request, context) -> {
                if (broken.get()) {
                    throw new IllegalStateException("broken");
                }
                return StrategyHost.placed(request, 0);
            });
            for (int i = 0; i < 6; i++) {
                alone.decide(DEPLOY);
            }
            broken.set(false);
            assertThat(alone.decide(DEPLOY).result()).isInstanceOf(Placed.class);
        }
    }

    @Test
    void aFewFaultsAmongManyAnswersEjectOnlyWithinTheWindow() {
        AtomicInteger turn = new AtomicInteger();
        strategyHost.placement("s", "2.0.0", (request, context) -> {
            if (turn.getAndIncrement() % 2 == 0) {
                throw new IllegalStateException("every other time");
            }
            return StrategyHost.placed(request, 0);
        });
        for (int i = 0; i < 8; i++) {
            decide();
        }
        assertThat(state("2.0.0")).as("4 faults, never 3 in a row").isEqualTo(State.USED);
        decide();
        assertThat(state("2.0.0")).isEqualTo(State.EJECTED);
        assertThat(strategyHost.standing(StrategyRef.PLACEMENT, "s", "2.0.0").why())
                .startsWith("5 faults within 60 s");
    }

    @Test
    void theCallThatStartsTooManyThreadsIsTheLastAndTheThreadsEnd() {
        strategyHost.placement("s", "2.0.0", counted((request, context) -> {
            for (int i = 0; i < 300 && !over.get(); i++) {
                new Thread(BadInputTest::untilInterrupted, "bad-crowd").start();
            }
            return StrategyHost.placed(request, 0);
        }));
        decide();
        await(() -> state("2.0.0") == State.EJECTED);
        assertThat(calls).hasValue(1);
        assertThat(strategyHost.standing(StrategyRef.PLACEMENT, "s", "2.0.0").why())
                .contains("at most 64 may (maxThreads)");
        await(() -> Thread.getAllStackTraces().keySet().stream()
                .noneMatch(thread -> thread.getName().equals("bad-crowd")));
    }

    @Test
    void aStrategyThatUsesUpTheHeapIsEjectedAtOnceAndTheLimitIsNamed() {
        strategyHost.placement("s", "2.0.0", counted((request, context) -> {
            throw new OutOfMemoryError("as if");
        }));
        PlacementOutcome outcome = decide();
        assertThat(state("2.0.0")).isEqualTo(State.EJECTED);
        assertThat(calls).hasValue(1);
        assertThat(outcome.faults()).singleElement().satisfies(fault -> assertThat(fault.message())
                .contains("as if", "a call may allocate 64 MiB (allocationLimitMiB)"));
    }

    private static void await(BooleanSupplier condition) {
        long begin = System.nanoTime();
        while (!condition.getAsBoolean()) {
            assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(20));
            LockSupport.parkNanos(1_000_000);
        }
    }

    @Test
    void aThreadThatCannotBeGotBackIsCounted() {
        strategyHost.placement("s", "2.0.0", (request, context) -> {
            while (!over.get()) {
                LockSupport.parkNanos(1_000_000);
            }
            return StrategyHost.placed(request, 0);
        });
        decideUntilEjected("2.0.0");
        assertThat(strategyHost.strategies.guard().abandonedThreads()).isEqualTo(1);
        assertThat(strategyHost.strategies.guard().mostAbandonedThreads()).isEqualTo(1);
        assertThat(strategyHost.standing(StrategyRef.PLACEMENT, "s", "2.0.0").abandonedThreads())
                .isEqualTo(1);
        over.set(true);
        while (strategyHost.strategies.guard().abandonedThreads() > 0) {
            LockSupport.parkNanos(1_000_000);
        }
        assertThat(strategyHost.standing(StrategyRef.PLACEMENT, "s", "2.0.0").abandonedThreads())
                .isZero();
    }
}
