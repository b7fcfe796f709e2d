// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.strategies.guard;

import static org.assertj.core.api.Assertions.assertThat;

import eu.nephele.smo.api.placement.PlacementStrategy;
import eu.nephele.smo.api.time.Deadline;
import eu.nephele.smo.api.time.UsedTime;
import eu.nephele.smo.core.strategies.Room;
import eu.nephele.smo.core.strategies.registry.Offer;
import eu.nephele.smo.core.strategies.registry.ServiceKind;
import eu.nephele.smo.core.strategies.registry.StrategyRegistry;
import eu.nephele.smo.core.strategies.settings.Settings;
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

/** What a guarded call is charged, and which limit ends it (F-02). */
@Timeout(60)
class TimeOfACallTest {
    private final StrategyRegistry registry = new StrategyRegistry();
    private final Referee referee = new Referee(registry, () -> Settings.DEFAULTS, Clock.systemUTC());
    private final Offer offer;

    TimeOfACallTest() {
        registry.add(Room.allOn(0), Map.of(PlacementStrategy.ID, "s"));
        offer = registry.find(ServiceKind.PLACEMENT, "s", Optional.empty()).orElseThrow();
    }

    private <R> Attempt<R> call(long budgetMillis, UsedTime used, Function<Deadline, R> body) {
        try (Guard guard = new Guard(() -> Settings.DEFAULTS, referee, registry, HeapUse.ofProcess(), () -> used)) {
            return guard.call(offer, budgetMillis, body);
        }
    }

    private static Attempt.Failed<?> failed(Attempt<?> attempt) {
        assertThat(attempt).isInstanceOf(Attempt.Failed.class);
        return (Attempt.Failed<?>) attempt;
    }

    private static long processorMillis() {
        return TimeUnit.NANOSECONDS.toMillis(ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime());
    }

    /** A machine that does what a test says. */
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
        Attempt.Failed<?> failed = failed(call(500, new UsedTime(), deadline -> {
            long before = processorMillis();
            while (!Thread.currentThread().isInterrupted()) {
                Thread.onSpinWait();
            }
            ran.complete(processorMillis() - before);
            return 1;
        }));
        long tookMillis = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start);
        if (tookMillis < 5_000) {
            assertThat(failed.what()).isEqualTo("timeout");
            assertThat(failed.message()).startsWith("no answer within its budget of 500 ms: it ran ");
            assertThat(ran.join()).isGreaterThanOrEqualTo(600 - 50);
        } else {
            assertThat(failed.message()).startsWith("no answer within 5000 ms of wall-clock time: it ran ");
            assertThat(ran.join()).as("it had hardly a core").isLessThan(600);
        }
    }

    @Test
    void aCallThatSleepsEndsWhenItsBudgetIsOver() {
        Attempt.Failed<?> failed = failed(call(1_000, new UsedTime(), deadline -> {
            LockSupport.parkNanos(TimeUnit.MINUTES.toNanos(2));
            return 1;
        }));
        assertThat(failed.what()).isEqualTo("timeout");
        assertThat(failed.message())
                .matches("no answer within its budget of 1000 ms: it ran \\d+ ms and waited \\d+ ms");
    }

    @Test
    void aCallThatWaitsForItsOwnThreadIsToldToStopWhenItsBudgetIsOver() {
        CountDownLatch never = new CountDownLatch(1);
        Attempt<Boolean> attempt = call(1_000, new UsedTime(), deadline -> {
            while (!deadline.passed()) {
                LockSupport.parkNanos(this, TimeUnit.MILLISECONDS.toNanos(5));
            }
            return deadline.isUsedUp() && never.getCount() == 1;
        });
        assertThat(attempt).isEqualTo(new Attempt.Answered<>(true));
    }

    @Test
    void aCallThatHangsInTheOperatingSystemEndsAtTheWallClockLimit() throws IOException {
        try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                Socket client = new Socket(server.getInetAddress(), server.getLocalPort());
                Socket silent = server.accept()) {
            Attempt.Failed<?> failed = failed(call(200, new UsedTime(), deadline -> {
                try {
                    return silent.getInputStream().read();
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            }));
            assertThat(client.isConnected()).isTrue();
            assertThat(failed.what()).as("a busy machine would explain it, too").isIn("timeout", "starved");
            assertThat(failed.message())
                    .startsWith("no answer within 2000 ms of wall-clock time: it ran ")
                    .contains(" ms of its budget of 200 ms");
        }
    }

    @Test
    void aCallThatGetsNoCoreIsNotStoppedAtItsBudget() {
        UsedTime noCore = Played.time(System::nanoTime, () -> 1, false);
        Attempt<Long> attempt = call(1_000, noCore, deadline -> {
            long start = System.nanoTime();
            while (System.nanoTime() - start < TimeUnit.MILLISECONDS.toNanos(1_500) && !deadline.passed()) {
                LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(10));
            }
            return deadline.remainingMillis();
        });
        assertThat(attempt).isInstanceOf(Attempt.Answered.class);
        assertThat(((Attempt.Answered<Long>) attempt).answer()).isPositive();
    }

    @Test
    void aCallThatHasAFifthOfACoreHasFiveTimesAsLong() {
        long begin = System.nanoTime();
        long budgetNanos = TimeUnit.MILLISECONDS.toNanos(500);
        // never so much that its caller gives it up before it has a core to notice
        long mostNanos = TimeUnit.MILLISECONDS.toNanos(590);
        UsedTime fifth =
                Played.time(System::nanoTime, () -> Math.min(mostNanos, (System.nanoTime() - begin) / 5), false);
        Attempt<Long> attempt = call(500, fifth, deadline -> {
            long start = System.nanoTime();
            while (!deadline.passed()) {
                Thread.onSpinWait();
            }
            return System.nanoTime() - start;
        });
        assertThat(attempt).isInstanceOf(Attempt.Answered.class);
        assertThat(((Attempt.Answered<Long>) attempt).answer()).isGreaterThan(3 * budgetNanos);
    }

    @Test
    void aProcessThatWasStoppedStopsNoCall() {
        AtomicLong stopped = new AtomicLong();
        UsedTime time = Played.time(() -> System.nanoTime() + stopped.get(), () -> 1, true);
        Attempt<Boolean> attempt = call(2_000, time, deadline -> {
            stopped.set(TimeUnit.SECONDS.toNanos(10));
            // until somebody has looked
            while (time.stalledNanos() == 0 && !deadline.passed()) {
                LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(1));
            }
            return deadline.passed();
        });
        assertThat(attempt).isEqualTo(new Attempt.Answered<>(false));
    }

    @Test
    void aProcessThatWasStoppedForLongEndsTheCallAndNobodyIsBlamed() {
        AtomicLong stopped = new AtomicLong();
        UsedTime time = Played.time(() -> System.nanoTime() + stopped.get(), () -> 1, false);
        Attempt.Failed<?> failed = failed(call(100, time, deadline -> {
            stopped.set(TimeUnit.SECONDS.toNanos(30));
            LockSupport.parkNanos(TimeUnit.MINUTES.toNanos(2));
            return 1;
        }));
        assertThat(failed.what()).isEqualTo("starved");
        assertThat(failed.message())
                .startsWith("no answer within 2000 ms of wall-clock time")
                .contains("stopped");
    }

    @Test
    void whereNobodyCanTellTheBudgetIsWallClockTime() {
        UsedTime mute = Played.time(System::nanoTime, () -> -1, false);
        Attempt.Failed<?> failed = failed(call(50, mute, deadline -> {
            LockSupport.parkNanos(TimeUnit.MINUTES.toNanos(2));
            return 1;
        }));
        assertThat(failed.what()).isEqualTo("timeout");
        assertThat(failed.message()).startsWith("no answer within its budget of 50 ms: it took ");
    }
}
