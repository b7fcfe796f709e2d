// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.contract.plugin;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;

final class ShutdownGateTest {

    private final ShutdownGate calls = new ShutdownGate();

    @Test
    void anEmptyGateClosesWithoutWaiting() {
        assertThat(calls.enter()).isTrue();
        calls.leave();
        calls.close();
        calls.close();
        assertThat(calls.awaitLast(Duration.ofSeconds(30))).isZero();
        assertThat(calls.enter()).isFalse();
    }

    @Test
    void callsInsideAreCountedAtTheTimeLimit() {
        assertThat(calls.enter()).isTrue();
        assertThat(calls.enter()).isTrue();
        calls.close();
        assertThat(calls.enter()).isFalse();
        assertThat(calls.awaitLast(Duration.ofMillis(20))).isEqualTo(2);
        calls.leave();
        assertThat(calls.awaitLast(Duration.ofMillis(20))).isEqualTo(1);
        calls.leave();
        assertThat(calls.awaitLast(Duration.ofSeconds(30))).isZero();
    }

    @Test
    void anInterruptedThreadStaysInterrupted() {
        assertThat(calls.enter()).isTrue();
        calls.close();
        Thread.currentThread().interrupt();
        assertThat(calls.awaitLast(Duration.ofSeconds(30))).isEqualTo(1);
        assertThat(Thread.interrupted()).isTrue();
    }

    @RepeatedTest(50)
    void noCallIsInsideAfterTheWait() throws InterruptedException {
        AtomicBoolean over = new AtomicBoolean();
        AtomicInteger late = new AtomicInteger();
        CountDownLatch started = new CountDownLatch(4);
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            Thread thread = new Thread(() -> {
                started.countDown();
                while (calls.enter()) {
                    if (over.get()) {
                        late.incrementAndGet();
                    }
                    calls.leave();
                }
            });
            thread.start();
            threads.add(thread);
        }
        started.await();
        calls.close();
        assertThat(calls.awaitLast(Duration.ofSeconds(30))).isZero();
        over.set(true);
        for (Thread thread : threads) {
            thread.join();
        }
        assertThat(late).hasValue(0);
    }
}
