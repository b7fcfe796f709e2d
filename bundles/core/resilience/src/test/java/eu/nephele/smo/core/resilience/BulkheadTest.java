// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.resilience;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import eu.nephele.smo.api.port.AdapterException;
import eu.nephele.smo.api.port.AdapterException.Kind;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class BulkheadTest {

    @Property(tries = 30)
    void neverMoreCallsThanGrantedAreInside(
            @ForAll @IntRange(min = 1, max = 6) int granted, @ForAll @IntRange(min = 1, max = 16) int callers)
            throws InterruptedException {
        try (World world = new World("maxConcurrent", granted, "maxWaitMillis", 10_000)) {
            AtomicInteger inside = new AtomicInteger();
            AtomicInteger most = new AtomicInteger();
            world.behaviour = () -> {
                most.accumulateAndGet(inside.incrementAndGet(), Math::max);
                LockSupport.parkNanos(20_000);
                inside.decrementAndGet();
                return "fine";
            };
            run(callers, world::fetch);
            assertThat(most.get()).isBetween(1, granted);
            assertThat(world.guards.systems().get(0).inFlight()).isZero();
            assertThat(world.calls).hasValue(callers * 5);
        }
    }

    @Property(tries = 20)
    void afterAChangeNoMoreThanTheNewNumberGetIn(@ForAll @IntRange(min = 1, max = 5) int later)
            throws InterruptedException {
        Bulkhead bulkhead = new Bulkhead(3);
        bulkhead.take(Duration.ZERO);
        bulkhead.take(Duration.ZERO);
        bulkhead.resize(later);
        int more = 0;
        while (bulkhead.take(Duration.ZERO)) {
            more++;
        }
        assertThat(more).isEqualTo(Math.max(0, later - 2));
        bulkhead.leave();
        bulkhead.leave();
        assertThat(bulkhead.taken()).isEqualTo(more);
    }

    @Test
    void aCallWithoutAFreePlaceReportsTheCallsInside() throws Exception {
        try (World world = new World("maxConcurrent", 1)) {
            CountDownLatch entered = new CountDownLatch(1);
            CountDownLatch leave = new CountDownLatch(1);
            world.behaviour = () -> {
                entered.countDown();
                await(leave);
                return "fine";
            };
            Thread first = new Thread(world::fetch);
            first.start();
            assertThat(entered.await(5, TimeUnit.SECONDS)).isTrue();

            assertThat(world.gauge("smo_outside_in_flight")).isEqualTo(1);
            assertThatThrownBy(world::fetch).isInstanceOfSatisfying(AdapterException.class, e -> {
                assertThat(e.kind()).isEqualTo(Kind.UNAVAILABLE);
                assertThat(e.retryAfter()).isPresent();
                assertThat(e).hasMessageContaining("all its permits were in use for 50 ms (maxConcurrent=1)");
            });
            assertThat(world.count("smo_outside_calls_total", "full")).isOne();
            leave.countDown();
            first.join(5000);
            assertThat(world.calls).hasValue(1);
        }
    }

    @Test
    void anInterruptedWaitForAPlaceEndsAtOnce() throws Exception {
        try (World world = new World("maxConcurrent", 1, "maxWaitMillis", 60_000)) {
            CountDownLatch entered = new CountDownLatch(1);
            CountDownLatch leave = new CountDownLatch(1);
            world.behaviour = () -> {
                entered.countDown();
                await(leave);
                return "fine";
            };
            Thread first = new Thread(world::fetch);
            first.start();
            assertThat(entered.await(5, TimeUnit.SECONDS)).isTrue();

            Thread.currentThread().interrupt();
            assertThatThrownBy(world::fetch).hasMessageContaining("was interrupted");
            assertThat(Thread.interrupted()).isTrue();
            leave.countDown();
            first.join(5000);
        }
    }

    private static void run(int callers, Runnable call) throws InterruptedException {
        ExecutorService threads = Executors.newFixedThreadPool(callers);
        for (int i = 0; i < callers * 5; i++) {
            threads.execute(call);
        }
        threads.shutdown();
        assertThat(threads.awaitTermination(30, TimeUnit.SECONDS)).isTrue();
    }

    private static void await(CountDownLatch latch) {
        try {
            assertThat(latch.await(10, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            throw new IllegalStateException("nobody interrupts this test", e);
        }
    }
}
