// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.ops.observability;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import eu.nephele.smo.core.contract.health.HealthProbe;
import eu.nephele.smo.core.contract.health.HealthProbe.ProbeResult;
import eu.nephele.smo.lab.testkit.Await;
import eu.nephele.smo.ops.observability.MemoryProbe.Heap;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.slf4j.LoggerFactory;

/** Readiness is correct without waiting, and a process that only a restart repairs ends. */
@Timeout(60)
class WatchdogTest {

    private static final int EVERY_MILLIS = 5;

    private final CompletableFuture<Integer> ended = new CompletableFuture<>();
    private final AtomicLong now = new AtomicLong();

    private record Probe(String part, Supplier<ProbeResult> finding) implements HealthProbe {
        @Override
        public ProbeResult probe() {
            return finding.get();
        }
    }

    @Test
    void tellsWhatWasFoundLast() {
        Watchdog watchdog = new Watchdog(ended::complete, EVERY_MILLIS);
        AtomicInteger looks = new AtomicInteger();
        HealthProbe probe = new Probe(
                "store", () -> looks.incrementAndGet() < 5 ? ProbeResult.well("yes") : ProbeResult.unwell("away"));
        watchdog.addProbe(probe);
        Await.until(
                "the watchdog reports the failure",
                () -> watchdog.find("store").map(ProbeResult::message).equals(Optional.of("away")));
        watchdog.removeProbe(probe);
        assertThat(watchdog.find("store")).isEmpty();
        assertThat(watchdog.find("memory")).isPresent();
        assertThat(ended).isNotDone();
        watchdog.close();
    }

    @Test
    void endsTheProcessWhenOnlyARestartMendsAPart() throws Exception {
        Watchdog watchdog = new Watchdog(ended::complete, EVERY_MILLIS);
        watchdog.addProbe(new Probe("store", () -> ProbeResult.broken("closed")));
        assertThat(ended.get(30, TimeUnit.SECONDS)).isEqualTo(Watchdog.RESTART);
        watchdog.close();
    }

    @Test
    void aSingleBrokenAnswerOfAProbeDoesNotEndTheProcess() {
        Watchdog watchdog = new Watchdog(ended::complete, EVERY_MILLIS);
        AtomicInteger looks = new AtomicInteger();
        watchdog.addProbe(new Probe(
                "store",
                () -> looks.incrementAndGet() % 2 == 0 ? ProbeResult.broken("closed") : ProbeResult.well("yes")));
        Await.until("twenty checks", () -> looks.get() > 20);
        assertThat(ended).isNotDone();
        watchdog.close();
    }

    @Test
    void aLookThatDoesNotComeBackIsAFindingAndIsNotBegunTwice() throws Exception {
        CountDownLatch release = new CountDownLatch(1);
        AtomicInteger looks = new AtomicInteger();
        ProbedPart part = new ProbedPart(
                new Probe("store", () -> {
                    looks.incrementAndGet();
                    try {
                        release.await();
                    } catch (InterruptedException e) {
                        Thread.currentThread().interrupt();
                    }
                    return ProbeResult.well("yes");
                }),
                now::get);
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            part.ask(task -> {
                Thread thread = new Thread(task);
                threads.add(thread);
                thread.start();
            });
        }
        now.addAndGet(Duration.ofSeconds(3).toNanos());
        assertThat(part.now()).isEqualTo(ProbeResult.unwell("the store has not answered for 3 s"));
        release.countDown();
        threads.get(0).join();
        assertThat(threads).hasSize(1);
        assertThat(part.now()).isEqualTo(ProbeResult.well("yes"));
    }

    @Test
    void whatWasFoundBeforeTheLooksEndedIsNotReportedAsIfItWereSo() {
        ProbedPart part = new ProbedPart(new Probe("store", () -> ProbeResult.well("yes")), now::get);
        part.ask(Runnable::run);
        now.addAndGet(Duration.ofSeconds(5).toNanos());
        assertThat(part.now().ok()).isTrue();
        now.addAndGet(Duration.ofSeconds(1).toNanos());
        assertThat(part.now()).isEqualTo(ProbeResult.unwell("the store has not been probed for 6 s"));
        part.ask(Runnable::run);
        assertThat(part.now().ok()).isTrue();
    }

    @Test
    void anErrorOfAProbeSaysThatItsPartIsNotWell() {
        AtomicInteger looks = new AtomicInteger();
        ProbedPart part = new ProbedPart(
                new Probe("store", () -> {
                    if (looks.incrementAndGet() > 1) {
                        throw new StackOverflowError("odd");
                    }
                    return ProbeResult.well("yes");
                }),
                now::get);
        part.ask(Runnable::run);
        part.ask(Runnable::run);
        assertThat(part.now().message()).contains("StackOverflowError: odd");
    }

    @Test
    void aWatchdogThatCannotLookEndsTheProcessAndSaysWhy() throws Exception {
        ListAppender<ILoggingEvent> log = new ListAppender<>();
        Logger logger = (Logger) LoggerFactory.getLogger(Watchdog.class);
        log.start();
        logger.addAppender(log);
        AtomicInteger tries = new AtomicInteger();
        ThreadPoolExecutor failing = new ThreadPoolExecutor(1, 1, 1, TimeUnit.SECONDS, new LinkedBlockingQueue<>()) {
            @Override
            public void execute(Runnable look) {
                tries.incrementAndGet();
                throw new StackOverflowError("no stack");
            }
        };
        Watchdog watchdog = new Watchdog(ended::complete, EVERY_MILLIS, failing);
        try {
            assertThat(ended.get(30, TimeUnit.SECONDS)).isEqualTo(Watchdog.RESTART);
            assertThat(tries.get()).isGreaterThanOrEqualTo(5);
            assertThat(List.copyOf(log.list))
                    .extracting(ILoggingEvent::getFormattedMessage)
                    .anyMatch(line -> line.contains("StackOverflowError: no stack\"; the process ends with status 70"));
        } finally {
            watchdog.close();
            logger.detachAppender(log);
        }
    }

    @Test
    void aProbeThatThrowsSaysThatItsPartIsNotWell() {
        ProbedPart part = new ProbedPart(
                new Probe("store", () -> {
                    throw new IllegalStateException("odd");
                }),
                now::get);
        part.ask(Runnable::run);
        assertThat(part.now().ok()).isFalse();
        assertThat(part.restartsWanted()).isZero();
    }

    @Test
    void aHeapThatStaysFullAfterACollectionOfOurOwnIsBrokenAndOneThatDoesNotIsNot() {
        AtomicLong used = new AtomicLong(99);
        Heap heap = () -> Optional.of(new Heap.Usage(used.get(), 100));
        MemoryProbe leaks = new MemoryProbe(heap, () -> {}, now::get);
        assertThat(leaks.probe().ok()).isTrue();
        now.addAndGet(Duration.ofSeconds(11).toNanos());
        assertThat(leaks.probe().restart()).isTrue();

        MemoryProbe recovers = new MemoryProbe(heap, () -> used.set(40), now::get);
        assertThat(recovers.probe().ok()).isTrue();
        now.addAndGet(Duration.ofSeconds(11).toNanos());
        assertThat(recovers.probe()).isEqualTo(ProbeResult.well("the heap has free space"));
    }

    @Test
    void theHeapOfThisProcessIsNotFull() {
        assertThat(new MemoryProbe().probe().ok()).isTrue();
    }
}
