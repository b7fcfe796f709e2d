// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.strategies.guard;

import static org.assertj.core.api.Assertions.assertThat;

import eu.nephele.smo.api.placement.PlacementStrategy;
import eu.nephele.smo.api.time.Deadline;
import eu.nephele.smo.api.time.UsedTime;
import eu.nephele.smo.core.strategies.StrategyHost;
import eu.nephele.smo.core.strategies.registry.RegisteredService;
import eu.nephele.smo.core.strategies.registry.ServiceKind;
import eu.nephele.smo.core.strategies.registry.StrategyRegistry;
import eu.nephele.smo.core.strategies.settings.StrategySettings;
import eu.nephele.smo.lab.testkit.Await;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import java.util.function.LongSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Charged time of a guarded call, and the limit that ends it. */
@Timeout(60)
class TimeOfACallTest {
    private final StrategyRegistry registry = new StrategyRegistry();
    private final EjectionPolicy ejectionPolicy =
            new EjectionPolicy(registry, () -> StrategySettings.DEFAULTS, Clock.systemUTC());
    private final RegisteredService registeredService;

    TimeOfACallTest() {
        registry.add(StrategyHost.allOn(0), Map.of(PlacementStrategy.ID, "s"));
        registeredService =
                registry.find(ServiceKind.PLACEMENT, "s", Optional.empty()).orElseThrow();
    }

    private <R> GuardedResult<R> call(long budgetMillis, UsedTime used, Function<Deadline, R> body) {
        try (StrategyGuard guard = new StrategyGuard(
                () -> StrategySettings.DEFAULTS, ejectionPolicy, registry, HeapUse.ofProcess(), () -> used)) {
            return guard.call(registeredService, budgetMillis, body);
        }
    }

    private static GuardedResult.Faulted<?> failed(GuardedResult<?> guardedResult) {
        assertThat(guardedResult).isInstanceOf(GuardedResult.Faulted.class);
        return (GuardedResult.Faulted<?>) guardedResult;
    }

    private static long processorMillis() {
        return TimeUnit.NANOSECONDS.toMillis(ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime());
    }

    /** A machine controlled by a test. */
    private record Played(LongSupplier wall, LongSupplier processor, BooleanSupplier waiting)
            implements UsedTime.Meter {
        static UsedTime time(LongSupplier wall, LongSupplier processor, boolean waits) {
            return new UsedTime(() -> new Played(wall, processor, () -> waits));
        }

        @Override
        public long wallNanos() {
            return wall.getAsLong();
        }

        @Override
        public long processorNanos() {
            return processor.getAsLong();
        }

        @Override
        public boolean waits() {
            return waiting.getAsBoolean();
        }
    }

    @Test
    void aBusyLoopEndsAfterItsProcessorTime() {
        CompletableFuture<Long> ran = new CompletableFuture<>();
        long start = System.nanoTime();
        GuardedResult.Faulted<?> faulted = failed(call(500, new UsedTime(), deadline -> {
            long before = processorMillis();
            while (!Thread.currentThread().isInterrupted()) {
                Thread.onSpinWait();
            }
            ran.complete(processorMillis() - before);
            return 1;
        }));
        long tookMillis = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start);
        if (tookMillis < 5_000) {
            assertThat(faulted.what()).isEqualTo("timeout");
            assertThat(faulted.message()).startsWith("no answer within its budget of 500 ms: it ran ");
            assertThat(ran.join()).isGreaterThanOrEqualTo(600 - 50);
        } else {
            assertThat(faulted.message()).startsWith("no answer within 5000 ms of wall-clock time: it ran ");
            assertThat(ran.join()).as("it had hardly a core").isLessThan(600);
        }
    }

    private static void awaitInterrupt() {
        while (!Thread.currentThread().isInterrupted()) {
            LockSupport.park();
        }
    }

    /** Waits for a moment. */
    private static void await(CountDownLatch latch) {
        try {
            assertThat(latch.await(5, TimeUnit.MILLISECONDS)).isFalse();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Test
    void aCallThatSleepsEndsWhenItsBudgetIsOver() {
        GuardedResult.Faulted<?> faulted = failed(call(300, new UsedTime(), deadline -> {
            awaitInterrupt();
            return 1;
        }));
        assertThat(faulted.what()).isEqualTo("timeout");
        assertThat(faulted.message())
                .matches("no answer within its budget of 300 ms: it ran \\d+ ms and waited \\d+ ms");
    }

    @Test
    void aCallThatWaitsForItsOwnThreadSeesItsDeadlinePass() {
        CountDownLatch never = new CountDownLatch(1);
        GuardedResult<Boolean> guardedResult = call(300, new UsedTime(), deadline -> {
            while (!deadline.passed()) {
                await(never);
            }
            return deadline.isUsedUp();
        });
        assertThat(guardedResult).isEqualTo(new GuardedResult.Answered<>(true));
    }

    @Test
    void aCallThatHangsInTheOperatingSystemEndsAtTheWallClockLimit() throws IOException {
        try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                Socket client = new Socket(server.getInetAddress(), server.getLocalPort());
                Socket silent = server.accept()) {
            GuardedResult.Faulted<?> faulted = failed(call(200, new UsedTime(), deadline -> {
                try {
                    return silent.getInputStream().read();
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            }));
            assertThat(client.isConnected()).isTrue();
            assertThat(faulted.what())
                    .as("a busy machine would explain it, too")
                    .isIn("timeout", "starved");
            assertThat(faulted.message())
                    .startsWith("no answer within 2000 ms of wall-clock time: it ran ")
                    .contains(" ms of its budget of 200 ms");
        }
    }

    @Test
    void aCallThatGetsNoCoreIsNotStoppedAtItsBudget() {
        UsedTime noCore = Played.time(System::nanoTime, () -> 1, false);
        GuardedResult<Long> guardedResult = call(400, noCore, deadline -> {
            long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(600);
            Await.until("the budget is over", () -> System.nanoTime() - end > 0 || deadline.passed());
            return deadline.remainingMillis();
        });
        assertThat(guardedResult).isInstanceOf(GuardedResult.Answered.class);
        assertThat(((GuardedResult.Answered<Long>) guardedResult).answer()).isPositive();
    }

    @Test
    void aCallThatHasAFifthOfACoreHasFiveTimesAsLong() {
        long begin = System.nanoTime();
        long budgetNanos = TimeUnit.MILLISECONDS.toNanos(500);
        // never so much that its caller gives it up before it has a core to notice
        long mostNanos = TimeUnit.MILLISECONDS.toNanos(590);
        UsedTime fifth =
                Played.time(System::nanoTime, () -> Math.min(mostNanos, (System.nanoTime() - begin) / 5), false);
        GuardedResult<Long> guardedResult = call(500, fifth, deadline -> {
            long start = System.nanoTime();
            while (!deadline.passed()) {
                Thread.onSpinWait();
            }
            return System.nanoTime() - start;
        });
        assertThat(guardedResult).isInstanceOf(GuardedResult.Answered.class);
        assertThat(((GuardedResult.Answered<Long>) guardedResult).answer()).isGreaterThan(3 * budgetNanos);
    }

    @Test
    void aProcessThatWasStoppedStopsNoCall() {
        AtomicLong stopped = new AtomicLong();
        UsedTime time = Played.time(() -> System.nanoTime() + stopped.get(), () -> 1, true);
        GuardedResult<Boolean> guardedResult = call(2_000, time, deadline -> {
            stopped.set(TimeUnit.SECONDS.toNanos(10));
            Await.until("the stop is noticed", () -> time.stalledNanos() > 0 || deadline.passed());
            return deadline.passed();
        });
        assertThat(guardedResult).isEqualTo(new GuardedResult.Answered<>(false));
    }

    @Test
    void aProcessThatWasPausedForLongEndsTheCallWithoutAFault() {
        AtomicLong stopped = new AtomicLong();
        UsedTime time = Played.time(() -> System.nanoTime() + stopped.get(), () -> 1, false);
        GuardedResult.Faulted<?> faulted = failed(call(100, time, deadline -> {
            stopped.set(TimeUnit.SECONDS.toNanos(30));
            awaitInterrupt();
            return 1;
        }));
        assertThat(faulted.what()).isEqualTo("starved");
        assertThat(faulted.message())
                .startsWith("no answer within 2000 ms of wall-clock time")
                .contains("stopped");
    }

    @Test
    void withoutProcessorTimeTheBudgetIsWallClockTime() {
        UsedTime mute = Played.time(System::nanoTime, () -> -1, false);
        GuardedResult.Faulted<?> faulted = failed(call(50, mute, deadline -> {
            awaitInterrupt();
            return 1;
        }));
        assertThat(faulted.what()).isEqualTo("timeout");
        assertThat(faulted.message()).startsWith("no answer within its budget of 50 ms: it took ");
    }
}
