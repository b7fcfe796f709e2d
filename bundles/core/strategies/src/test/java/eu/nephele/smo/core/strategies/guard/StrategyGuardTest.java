// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.strategies.guard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import eu.nephele.smo.api.model.NoParameters;
import eu.nephele.smo.api.placement.PlacementStrategy;
import eu.nephele.smo.api.runtime.SmoException;
import eu.nephele.smo.api.time.Deadline;
import eu.nephele.smo.api.time.UsedTime;
import eu.nephele.smo.core.contract.decision.StrategyControl.State;
import eu.nephele.smo.core.strategies.StrategyHost;
import eu.nephele.smo.core.strategies.registry.RegisteredService;
import eu.nephele.smo.core.strategies.registry.RegistryEntry;
import eu.nephele.smo.core.strategies.registry.ServiceKind;
import eu.nephele.smo.core.strategies.registry.StrategyRegistry;
import eu.nephele.smo.core.strategies.settings.StrategySettings;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(20)
class StrategyGuardTest {
    private static final ThreadLocal<Object> KEPT = new ThreadLocal<>();
    private final StrategyRegistry registry = new StrategyRegistry();
    private final EjectionPolicy ejectionPolicy =
            new EjectionPolicy(registry, () -> StrategySettings.DEFAULTS, Clock.systemUTC());
    private final StrategyGuard guard = new StrategyGuard(() -> StrategySettings.DEFAULTS, ejectionPolicy, registry);
    private final RegistryEntry registryEntry = registry.add(StrategyHost.allOn(0), Map.of(PlacementStrategy.ID, "s"));
    private final RegisteredService registeredService =
            registry.find(ServiceKind.PLACEMENT, "s", Optional.empty()).orElseThrow();

    @AfterEach
    void close() {
        guard.close();
    }

    private <R> GuardedResult<R> call(Function<Deadline, R> body) {
        return guard.call(registeredService, 1_000, body);
    }

    private static String failure(GuardedResult<?> guardedResult) {
        assertThat(guardedResult).isInstanceOf(GuardedResult.Faulted.class);
        return ((GuardedResult.Faulted<?>) guardedResult).what();
    }

    private static void untilInterrupted() {
        try {
            new CountDownLatch(1).await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void ignoringInterrupts(CountDownLatch latch) {
        while (latch.getCount() > 0) {
            try {
                latch.await();
            } catch (InterruptedException e) {
                assertThat(latch.getCount()).isPositive();
            }
        }
    }

    @Test
    void anAnswerInTimeIsAnAnswer() {
        assertThat(call(deadline -> 7)).isEqualTo(new GuardedResult.Answered<>(7));
    }

    @Test
    void whatIsThrownIsAFaultEvenAnError() {
        assertThat(failure(call(deadline -> {
                    throw new IllegalStateException("no");
                })))
                .isEqualTo("exception");
        assertThat(failure(call(deadline -> {
                    throw new StackOverflowError();
                })))
                .isEqualTo("exception");
    }

    private static final long HEAP = 1L << 40;

    private GuardedResult.Faulted<?> outOfMemory(long keptBytes, Supplier<OutOfMemoryError> error) {
        try (StrategyGuard other = new StrategyGuard(
                () -> StrategySettings.DEFAULTS,
                ejectionPolicy,
                registry,
                new HeapUse(() -> keptBytes, HEAP),
                UsedTime::new)) {
            return (GuardedResult.Faulted<?>) other.call(registeredService, 1_000, deadline -> {
                throw error.get();
            });
        }
    }

    @Test
    void aStrategyThatMeetsAFullHeapIsNotEjected() {
        GuardedResult.Faulted<?> faulted = outOfMemory(HEAP - 1, () -> new OutOfMemoryError("Java heap space"));
        assertThat(faulted.what()).isEqualTo("exception");
        assertThat(faulted.message()).contains("Java heap space", "other code uses the memory: the call had allocated");
        assertThat(registeredService.state()).isEqualTo(State.USED);
    }

    @Test
    void noStrategyIsFaultedForMemoryOutsideTheHeap() {
        outOfMemory(0, () -> new OutOfMemoryError("unable to create native thread: possibly out of memory"));
        outOfMemory(0, () -> new OutOfMemoryError("Metaspace"));
        assertThat(registeredService.state()).isEqualTo(State.USED);
    }

    @Test
    void aStrategyThatRequestsMoreThanTheFreeHeapIsEjected() {
        outOfMemory(HEAP / 2, () -> new OutOfMemoryError("Java heap space"));
        assertThat(registeredService.state()).isEqualTo(State.EJECTED);
        assertThat(registeredService.isDangerous()).isTrue();
    }

    @Test
    void aStrategyThatRequestsAnArrayBeyondAnyHeapIsEjected() {
        GuardedResult.Faulted<?> faulted =
                outOfMemory(HEAP, () -> new OutOfMemoryError("" + new byte[Integer.MAX_VALUE].length));
        assertThat(faulted.message()).contains("a call may allocate");
        assertThat(registeredService.state()).isEqualTo(State.EJECTED);
    }

    @Test
    void aStrategyThatAllocatedMuchOfAFullHeapIsFaulted() {
        HeapUse heap = new HeapUse(() -> HEAP, HEAP);
        assertThat(heap.isUsedUpBy(HEAP / 4, "Java heap space")).isTrue();
        assertThat(heap.isUsedUpBy(HEAP / 4 - 1, "Java heap space")).isFalse();
        assertThat(HeapUse.ofProcess().isUsedUpBy(Long.MAX_VALUE, "Java heap space"))
                .isTrue();
    }

    @Test
    void aNullAnswerIsAFault() {
        assertThat(failure(call(deadline -> null))).isEqualTo("invalid_answer");
    }

    @Test
    void whatSleepsIsInterruptedAndMayBeCalledAgain() {
        assertThat(failure(call(deadline -> {
                    untilInterrupted();
                    return 1;
                })))
                .isEqualTo("timeout");
        // on a busy machine its thread may take longer to leave than its caller waits
        while (registeredService.abandonedCalls() > 0) {
            Thread.onSpinWait();
        }
        assertThat(call(deadline -> 2)).isEqualTo(new GuardedResult.Answered<>(2));
    }

    @Test
    void whatReturnsSoonAfterItsBudgetIsInTime() {
        StrategySettings defaults = StrategySettings.DEFAULTS;
        StrategySettings patient = new StrategySettings(
                defaults.initialPlacement(),
                defaults.weightedPlacement(),
                defaults.replacement(),
                defaults.fallbackPlacement(),
                defaults.scaling(),
                defaults.scalingParameters(),
                defaults.objectives(),
                defaults.projectDefaults(),
                new StrategySettings.Budgets(100, 100, 100, 5_000),
                1,
                0,
                StrategySettings.StrategyLimits.STANDARD);
        try (StrategyGuard patientGuard = new StrategyGuard(() -> patient, ejectionPolicy, registry)) {
            assertThat(patientGuard.call(registeredService, 100, deadline -> {
                        BoundStrategyContext context = new BoundStrategyContext(
                                StrategyHost.NOW, 1, deadline, OptionalLong.empty(), new NoParameters());
                        while (!context.shouldStop()) {
                            Thread.onSpinWait();
                        }
                        return context.remainingMillis();
                    }))
                    .isEqualTo(new GuardedResult.Answered<>(0L));
        }
    }

    @Test
    void whatIgnoresInterruptsIsNotCalledAgainUntilItEnds() throws Exception {
        CountDownLatch release = new CountDownLatch(1);
        assertThat(failure(call(deadline -> {
                    ignoringInterrupts(release);
                    return 1;
                })))
                .isEqualTo("timeout");
        AtomicInteger called = new AtomicInteger();
        assertThat(failure(call(deadline -> called.incrementAndGet()))).isEqualTo("stuck");
        assertThat(called).hasValue(0);
        release.countDown();
        while (registeredService.abandonedCalls() > 0) {
            Thread.onSpinWait();
        }
        assertThat(call(deadline -> called.incrementAndGet())).isEqualTo(new GuardedResult.Answered<>(1));
    }

    @Test
    void aRemovalDoesNotWaitForWhatIsAbandoned() {
        CountDownLatch release = new CountDownLatch(1);
        call(deadline -> {
            ignoringInterrupts(release);
            return 1;
        });
        long start = System.nanoTime();
        registryEntry.close();
        assertThat(System.nanoTime() - start)
                .as("less than the 4 s that others get")
                .isLessThan(TimeUnit.MILLISECONDS.toNanos(3_500));
        release.countDown();
    }

    @Test
    void whatHasLeftIsNotCalled() {
        registryEntry.close();
        assertThat(call(deadline -> 1)).isEqualTo(new GuardedResult.Gone<Integer>());
    }

    @Test
    void theClassLoaderOfTheThreadIsOurs() {
        ClassLoader foreign = new ClassLoader(null) {};
        Thread.currentThread().setContextClassLoader(foreign);
        try {
            assertThat(call(deadline -> Thread.currentThread().getContextClassLoader()))
                    .isEqualTo(new GuardedResult.Answered<>(StrategyGuard.class.getClassLoader()));
        } finally {
            Thread.currentThread().setContextClassLoader(StrategyGuardTest.class.getClassLoader());
        }
    }

    @Test
    void neverRunsMoreThanThePoolAllows() throws Exception {
        AtomicInteger running = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        List<CompletableFuture<GuardedResult<Integer>>> calls = new ArrayList<>();
        for (int i = 0; i < 40; i++) {
            calls.add(CompletableFuture.supplyAsync(
                    () -> call(deadline -> {
                        most.accumulateAndGet(running.incrementAndGet(), Math::max);
                        Thread.onSpinWait();
                        return running.decrementAndGet();
                    }),
                    task -> new Thread(task).start()));
        }
        for (CompletableFuture<GuardedResult<Integer>> each : calls) {
            assertThat(each.get(10, TimeUnit.SECONDS)).isInstanceOf(GuardedResult.Answered.class);
        }
        assertThat(most.get()).isBetween(1, StrategySettings.DEFAULTS.poolSize());
    }

    @Test
    void anInterruptedCallerFailsAndStaysInterrupted() {
        Thread.currentThread().interrupt();
        assertThatExceptionOfType(SmoException.class)
                .isThrownBy(() -> call(deadline -> 1))
                .satisfies(e -> assertThat(e.kind()).isEqualTo(SmoException.Kind.UNAVAILABLE));
        assertThat(Thread.interrupted()).isTrue();
    }

    @Test
    void aClosedGuardCallsNobodyAndKeepsNobody() {
        guard.close();
        assertThatExceptionOfType(SmoException.class)
                .isThrownBy(() -> call(deadline -> 1))
                .satisfies(e -> assertThat(e.kind()).isEqualTo(SmoException.Kind.UNAVAILABLE));
        long start = System.nanoTime();
        registryEntry.close();
        assertThat(System.nanoTime() - start)
                .as("less than the 4 s that others get")
                .isLessThan(TimeUnit.MILLISECONDS.toNanos(3_500));
    }

    @Test
    void parametersAreOfTheDeclaredTypeOnly() {
        BoundStrategyContext context = new BoundStrategyContext(
                StrategyHost.NOW,
                1,
                Deadline.of(new UsedTime(), 1_000, 2_000),
                OptionalLong.empty(),
                new NoParameters());
        record Other() {}
        assertThat(context.parameters(NoParameters.class)).isEqualTo(new NoParameters());
        assertThat(context.workBudget()).isEmpty();
        assertThatIllegalArgumentException().isThrownBy(() -> context.parameters(Other.class));
    }

    @Test
    void withAWorkBudgetTheClockEndsNothing() {
        Deadline passed = Deadline.of(new UsedTime(), 0, 2_000);
        assertThat(new BoundStrategyContext(StrategyHost.NOW, 1, passed, OptionalLong.of(5), new NoParameters())
                        .shouldStop())
                .isFalse();
        assertThat(new BoundStrategyContext(StrategyHost.NOW, 1, passed, OptionalLong.empty(), new NoParameters())
                        .shouldStop())
                .isTrue();
    }

    @Test
    void whatAServiceKeepsInAThreadDoesNotOutliveIt() {
        assertThat(call(deadline -> {
                    KEPT.set(new Object());
                    return 1;
                }))
                .isEqualTo(new GuardedResult.Answered<>(1));
        registry.add(StrategyHost.allOn(0), Map.of(PlacementStrategy.ID, "other"))
                .close();
        assertThat(call(deadline -> KEPT.get() == null ? "nothing" : "something"))
                .isEqualTo(new GuardedResult.Answered<>("nothing"));
    }
}
