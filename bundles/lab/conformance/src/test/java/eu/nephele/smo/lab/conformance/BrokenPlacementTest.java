// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.conformance;

import static eu.nephele.smo.lab.conformance.Verdicts.examined;
import static eu.nephele.smo.lab.conformance.Verdicts.fails;
import static org.assertj.core.api.Assertions.assertThat;

import eu.nephele.smo.api.model.ClusterId;
import eu.nephele.smo.api.model.DecisionContext;
import eu.nephele.smo.api.model.Placement;
import eu.nephele.smo.api.placement.Feasibility;
import eu.nephele.smo.api.placement.PlacementRequest;
import eu.nephele.smo.api.placement.PlacementResult;
import eu.nephele.smo.api.placement.PlacementResult.Infeasible;
import eu.nephele.smo.api.placement.PlacementResult.Placed;
import eu.nephele.smo.api.placement.PlacementResult.Quality;
import eu.nephele.smo.api.placement.PlacementResult.StopReason;
import eu.nephele.smo.api.placement.PlacementStrategy;
import eu.nephele.smo.lab.conformance.Check.Result;
import eu.nephele.smo.lab.conformance.kit.ConformanceKit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Exchanger;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Every strategy here is broken in one way, and the check for just that fails. */
class BrokenPlacementTest {

    private static final String SIMPLEST = "solves the simplest problems";
    private static final String RULES = "keeps every rule on generated problems";
    private static final String SAME = "gives the same answer again";
    private static final PlacementStrategy SOUND = new SoundPlacement();

    private final AtomicBoolean over = new AtomicBoolean();
    private final Queue<Thread> leaked = new ConcurrentLinkedQueue<>();
    private final Queue<ExecutorService> pools = new ConcurrentLinkedQueue<>();

    @AfterEach
    void end() {
        over.set(true);
        leaked.forEach(Thread::interrupt);
        pools.forEach(ExecutorService::shutdownNow);
    }

    /** The broken strategy's change of the sound answer. */
    private interface Twist {
        PlacementResult of(PlacementRequest request, Placement placement);
    }

    private static PlacementStrategy twisted(Twist twist) {
        return (request, context) -> SOUND.place(request, context) instanceof Placed placed
                ? twist.of(request, placed.placement())
                : SoundPlacement.refusal(request);
    }

    private static Placed placed(Placement placement) {
        return new Placed(placement, Quality.HEURISTIC);
    }

    private static Quality noted(String note) {
        return new Quality(StopReason.FINISHED, OptionalLong.empty(), OptionalLong.empty(), note);
    }

    private static Map<String, Map<ClusterId, String>> everyCluster(PlacementRequest request, String why) {
        Map<ClusterId, String> reasons = new LinkedHashMap<>();
        request.clusters().forEach(cluster -> reasons.put(cluster.id(), why));
        return Map.of(request.services().get(0).id(), reasons);
    }

    private static Placement allOn(PlacementRequest request, int cluster) {
        Map<String, ClusterId> at = new LinkedHashMap<>();
        Map<String, Integer> replicas = new LinkedHashMap<>();
        request.services().forEach(service -> {
            at.put(service.id(), request.clusters().get(cluster).id());
            replicas.put(service.id(), service.replicas());
        });
        return Placement.whole(at, replicas::get);
    }

    private static Placement without(Placement placement, String service) {
        Map<String, List<Placement.Share>> shares = new LinkedHashMap<>(placement.shares());
        shares.remove(service);
        return new Placement(shares);
    }

    static Stream<Arguments> broken() {
        AtomicInteger calls = new AtomicInteger();
        return Stream.of(
                Arguments.of(
                        "writes a note of 28 MB",
                        twisted((request, placement) -> new Placed(placement, noted("x".repeat(28_000_000)))),
                        SIMPLEST,
                        "the note of its quality has 28000000 characters, at most 1000 are possible"),
                Arguments.of(
                        "says at length why it did not take a cluster",
                        twisted((request, placement) ->
                                new Placed(placement, Quality.HEURISTIC, everyCluster(request, "x".repeat(501)))),
                        SIMPLEST,
                        "501 characters"),
                Arguments.of(
                        "rejects what is not part of the problem",
                        twisted((request, placement) ->
                                new Placed(placement, Quality.HEURISTIC, Map.of("moon", Map.of()))),
                        "explains what does not fit",
                        "moon"),
                Arguments.of("answers null", (PlacementStrategy) (request, context) -> null, SIMPLEST, "null"),
                Arguments.of(
                        "lacks a placement",
                        (PlacementStrategy) (request, context) -> new Placed(null, Quality.HEURISTIC),
                        SIMPLEST,
                        "lacks placement"),
                Arguments.of(
                        "says no to everything",
                        (PlacementStrategy) (request, context) -> SoundPlacement.refusal(request),
                        SIMPLEST,
                        "there is room"),
                Arguments.of(
                        "recurses for ever",
                        new PlacementStrategy() {
                            @Override
                            public PlacementResult place(PlacementRequest request, DecisionContext context) {
                                return request.services().isEmpty()
                                        ? SoundPlacement.refusal(request)
                                        : place(request, context);
                            }
                        },
                        SIMPLEST,
                        "StackOverflowError"),
                Arguments.of(
                        "modifies the request",
                        (PlacementStrategy) (request, context) -> {
                            request.services().clear();
                            return SoundPlacement.refusal(request);
                        },
                        SIMPLEST,
                        "immutable"),
                Arguments.of(
                        "overbooks",
                        (PlacementStrategy) (request, context) -> placed(allOn(request, 0)),
                        SIMPLEST,
                        "breaks a rule"),
                Arguments.of(
                        "overbooks when there are many services",
                        twisted((request, placement) ->
                                placed(request.services().size() > 3 ? allOn(request, 0) : placement)),
                        RULES,
                        "breaks a rule"),
                Arguments.of(
                        "omits a service",
                        twisted((request, placement) ->
                                placed(request.services().size() > 3 ? without(placement, "s1") : placement)),
                        RULES,
                        "0 of"),
                Arguments.of(
                        "invents a cluster",
                        twisted((request, placement) -> placed(
                                request.services().size() > 3
                                        ? placement.with(
                                                "s1",
                                                List.of(new Placement.Share(
                                                        new ClusterId("test", "moon"),
                                                        request.services()
                                                                .get(1)
                                                                .replicas())))
                                        : placement)),
                        RULES,
                        "moon is not part of the problem"),
                Arguments.of(
                        "claims an optimum",
                        twisted((request, placement) -> new Placed(placement, Quality.proven(0))),
                        "claims nothing about quality that is not so",
                        "costs"),
                Arguments.of(
                        "gives no reasons",
                        (PlacementStrategy) (request, context) -> SOUND.place(request, context) instanceof Placed placed
                                ? placed
                                : new Infeasible(Map.of(), Optional.empty()),
                        "explains what does not fit",
                        "names no service"),
                Arguments.of(
                        "leaves clusters out of its reasons",
                        (PlacementStrategy) (request, context) -> SOUND.place(request, context) instanceof Placed placed
                                ? placed
                                : new Infeasible(
                                        Map.of(request.services().get(0).id(), Map.of()), Optional.empty()),
                        "explains what does not fit",
                        "does not say why"),
                Arguments.of(
                        "counts its calls",
                        twisted((request, placement) -> new Placed(
                                placement,
                                new Quality(
                                        StopReason.FINISHED,
                                        OptionalLong.empty(),
                                        OptionalLong.empty(),
                                        "call " + calls.incrementAndGet()))),
                        SAME,
                        "first it answered"),
                Arguments.of(
                        "throws dice",
                        twisted((request, placement) -> {
                            Placement other = allOn(
                                    request,
                                    new Random().nextInt(request.clusters().size()));
                            return placed(Feasibility.violations(request, other).isEmpty() ? other : placement);
                        }),
                        SAME,
                        "first it answered"),
                Arguments.of(
                        "stops by the clock and does not say how much it did",
                        twisted((request, placement) -> new Placed(
                                placement,
                                new Quality(StopReason.BUDGET, OptionalLong.empty(), OptionalLong.empty(), ""))),
                        SAME,
                        "Quality.workUnits"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource
    void broken(String name, PlacementStrategy strategy, String check, String detail) {
        fails(
                ConformanceKit.within(Verdicts.BOUND).examine(strategy, Map.of(PlacementStrategy.ID, name)),
                check,
                detail);
    }

    @Test
    void aThrowingStrategyIsReportedWithTheProblem() {
        PlacementStrategy strategy = (request, context) -> {
            throw new IllegalStateException("no map");
        };
        fails(examined(strategy), SIMPLEST, "one service, one cluster", "IllegalStateException: no map", "at ");
    }

    @Test
    void anEndlessStrategyEndsTheConformanceRun() {
        PlacementStrategy strategy = (request, context) -> {
            while (!over.get()) {
                LockSupport.parkNanos(1_000_000);
            }
            return SoundPlacement.refusal(request);
        };
        ConformanceReport report = examined(strategy);
        fails(report, SIMPLEST, "still runs 500 ms after it was interrupted", "shouldStop()");
        assertThat(Verdicts.resultOf(report, RULES)).isEqualTo(Result.SKIPPED);
    }

    @Test
    void aStrategyThatIgnoresItsBudgetOnLargeProblemsFails() {
        PlacementStrategy strategy = (request, context) -> {
            while (request.services().size() > 200 && !Thread.currentThread().isInterrupted()) {
                Thread.onSpinWait();
            }
            return SOUND.place(request, context);
        };
        fails(examinedWithout(strategy), "stops when it is told to", "no answer within");
    }

    @Test
    void aStrategyThatIgnoresItsInterruptionIsAbandoned() {
        PlacementStrategy strategy = (request, context) -> {
            while (request.services().size() > 200 && context.remainingMillis() > 0 && !over.get()) {
                LockSupport.parkNanos(1_000_000);
            }
            return SOUND.place(request, context);
        };
        ConformanceReport report = examinedWithout(strategy);
        fails(report, "stops when it is told to", "still runs");
        assertThat(Verdicts.resultOf(report, "keeps its time")).isEqualTo(Result.SKIPPED);
    }

    @Test
    void aStrategyBeyondItsBudgetIsTooLate() {
        PlacementStrategy strategy = (request, context) -> {
            try {
                new CountDownLatch(1).await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            return SOUND.place(request, context);
        };
        fails(examined(strategy), SIMPLEST, "no answer within 800 ms");
    }

    @Test
    void aStrategyThatKeepsItsRequestInAFieldFailsTheCheckOfThreads() {
        fails(
                examinedWithout(new PlacementStrategy() {
                    private final Exchanger<String> meeting = new Exchanger<>();
                    private volatile PlacementRequest current;

                    @Override
                    public PlacementResult place(PlacementRequest request, DecisionContext context) {
                        current = request;
                        meet();
                        return SOUND.place(current, context);
                    }

                    private void meet() {
                        try {
                            meeting.exchange("inside", 3, TimeUnit.MILLISECONDS);
                        } catch (TimeoutException alone) {
                            // no other call is under way
                        } catch (InterruptedException e) {
                            Thread.currentThread().interrupt();
                        }
                    }
                }),
                "gives the same answer on four threads at once",
                "while other threads asked other things");
    }

    @Test
    void aStrategyThatLeavesAThreadBehindFails() {
        PlacementStrategy strategy = (request, context) -> {
            Thread thread = new Thread(() -> LockSupport.park(this), "forgotten");
            leaked.add(thread);
            thread.setDaemon(true);
            thread.start();
            return SOUND.place(request, context);
        };
        fails(examinedWithout(strategy), "leaves no thread behind", "forgotten");
    }

    @Test
    void aStrategyThatCreatesAPoolPerCallFails() {
        PlacementStrategy strategy = (request, context) -> {
            ExecutorService pool = Executors.newSingleThreadExecutor();
            pools.add(pool);
            pool.execute(() -> {});
            return SOUND.place(request, context);
        };
        fails(examinedWithout(strategy), "leaves no thread behind", "6 calls left 6 threads behind");
    }

    /** Leaves so much free that the other threads of this process have enough. */
    private static boolean isHeapFree() {
        Runtime runtime = Runtime.getRuntime();
        return runtime.totalMemory() - runtime.freeMemory() < runtime.maxMemory() / 10 * 9;
    }

    @Test
    void aStrategyThatUsesUpTheHeapIsStopped() {
        PlacementStrategy strategy = (request, context) -> {
            List<byte[]> hoard = new ArrayList<>();
            while (!Thread.currentThread().isInterrupted()) {
                if (isHeapFree()) {
                    hoard.add(new byte[1 << 22]);
                } else {
                    LockSupport.park();
                }
            }
            throw new IllegalStateException("%d MiB".formatted(hoard.size()));
        };
        ConformanceReport report = examined(strategy);
        fails(report, SIMPLEST);
        // on a busy machine its time is over before the heap is
        assertThat(report.failed().get(0).detail()).containsAnyOf("used up the heap", "no answer within");
    }

    @Test
    void declaredSplittingAndLevelsAreRequired() {
        ConformanceReport report = examined(SOUND);
        assertThat(report.failed())
                .extracting(Check::name)
                .containsExactly(
                        "splits services when it says that it can",
                        "settles ties by the next level when it says that it can");
    }

    @Test
    void aCorrectStrategyPassesAndReportsItsDistanceFromTheOptimum() {
        ConformanceReport report = examinedWithout(SOUND);
        assertThat(report.passed()).as(report.text()).isTrue();
        assertThat(report.checks().stream().filter(check -> check.name().equals(RULES)))
                .singleElement()
                .satisfies(check -> assertThat(check.detail()).contains("of these have a solution, the first is "));
    }

    /** Published without any capability. */
    private static ConformanceReport examinedWithout(PlacementStrategy strategy) {
        return Verdicts.examinedAs(strategy, PlacementStrategy.ID, "mine");
    }
}
