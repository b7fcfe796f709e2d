// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.engine.work;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import eu.nephele.smo.api.port.AdapterException;
import eu.nephele.smo.core.contract.work.BackOff;
import eu.nephele.smo.core.contract.work.PriorityLevel;
import eu.nephele.smo.core.contract.work.Scheduler;
import eu.nephele.smo.core.contract.work.ThreadScheduler;
import eu.nephele.smo.core.contract.work.WorkQueue;
import eu.nephele.smo.core.contract.work.WorkQueue.PassResult;
import eu.nephele.smo.core.engine.FollowingClock;
import eu.nephele.smo.core.engine.VirtualScheduler;
import eu.nephele.smo.lab.simulator.VirtualClock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

class WorkQueueTest {

    private final VirtualClock clock = new VirtualClock(Instant.EPOCH);
    private final VirtualScheduler scheduler = new VirtualScheduler(new FollowingClock(clock));
    private final List<String> passes = new ArrayList<>();

    @Test
    void aBurstOfTriggersIsOnePass() {
        WorkQueue<String> queue = queue(key -> new PassResult.Finished());
        for (int i = 0; i < 100; i++) {
            queue.add("a");
        }
        scheduler.runDue();
        assertThat(passes).containsExactly("a");
        assertThat(queue.size()).isZero();
    }

    @Test
    void theQueueCountsRunningPasses() {
        List<Integer> seen = new ArrayList<>();
        List<WorkQueue<String>> self = new ArrayList<>();
        WorkQueue<String> queue = queue(key -> {
            seen.add(self.get(0).running());
            return new PassResult.Finished();
        });
        self.add(queue);
        queue.add("a");
        queue.add("b");
        assertThat(queue.running()).isZero();

        scheduler.runDue();

        assertThat(seen).containsExactly(1, 1);
        assertThat(queue.running()).isZero();
    }

    @Test
    void aKeyThatCouldNotBeHandedOverIsNotTakenForQueued() {
        AtomicBoolean full = new AtomicBoolean(true);
        Scheduler sometimesFull = new Scheduler() {
            @Override
            public void execute(Runnable task) {
                if (full.get()) {
                    throw new OutOfMemoryError("played");
                }
                scheduler.execute(task);
            }

            @Override
            public int threads() {
                return scheduler.threads();
            }

            @Override
            public Timer after(Duration delay, Runnable task) {
                return scheduler.after(delay, task);
            }

            @Override
            public void close() {
                scheduler.close();
            }
        };
        WorkQueue<String> queue = new WorkQueue<>(
                sometimesFull, this::noted, new BackOff(Duration.ofSeconds(1), Duration.ofSeconds(60)), new Random(1));
        assertThatThrownBy(() -> queue.add("a")).isInstanceOf(OutOfMemoryError.class);
        assertThat(queue.size()).isZero();
        full.set(false);
        queue.add("a");
        scheduler.runDue();
        assertThat(passes).containsExactly("a");
    }

    private PassResult noted(String key) {
        passes.add(key);
        return new PassResult.Finished();
    }

    @Test
    void aTriggerDuringAPassLeadsToOneMore() {
        List<WorkQueue<String>> self = new ArrayList<>();
        WorkQueue<String> queue = queue(key -> {
            if (passes.size() == 1) {
                self.get(0).add(key);
                self.get(0).add(key);
            }
            return new PassResult.Finished();
        });
        self.add(queue);
        queue.add("a");
        scheduler.runDue();
        assertThat(passes).containsExactly("a", "a");
    }

    @Test
    void failuresComeBackLaterAndLaterButNotForEver() {
        WorkQueue<String> queue = queue(key -> new PassResult.PassRejected());
        queue.add("a");
        advance(Duration.ofMillis(100));
        assertThat(passes).hasSizeBetween(2, 3);
        passes.clear();
        advance(Duration.ofSeconds(60));
        // the longest back-off is 10 s with jitter down to half of it
        assertThat(passes).hasSizeBetween(8, 22);
    }

    @Test
    void whatIsAwayIsLookedForOftenerThanWhatWasRefused() {
        WorkQueue<String> queue = queue(key -> new PassResult.Retry());
        queue.add("a");
        advance(Duration.ofSeconds(60));
        passes.clear();
        advance(Duration.ofSeconds(60));
        // a third of the longest back-off, with jitter down to half of it
        assertThat(passes).hasSizeBetween(17, 37);
    }

    @Test
    void whatIsAwayIsWorthAskingForAlthoughSomethingElseWasRefused() {
        AdapterException away = new AdapterException(AdapterException.Kind.UNAVAILABLE, "registry", "no connection");
        AdapterException refused = new AdapterException(AdapterException.Kind.REFUSED, "helm", "no such chart");
        assertThat(PassResult.after(List.of(refused, away))).isEqualTo(new PassResult.Retry());
        assertThat(PassResult.after(List.of(refused))).isEqualTo(new PassResult.PassRejected());
    }

    @Test
    void aSuccessEndsTheBackOff() {
        AtomicBoolean fails = new AtomicBoolean(true);
        WorkQueue<String> queue = queue(key -> fails.get() ? new PassResult.PassRejected() : new PassResult.Finished());
        queue.add("a");
        advance(Duration.ofSeconds(20));
        fails.set(false);
        advance(Duration.ofSeconds(20));
        passes.clear();
        advance(Duration.ofSeconds(60));
        assertThat(passes).isEmpty();
    }

    @Test
    void aKeyIsQueuedAgainAfterTheRequestedDelay() {
        WorkQueue<String> queue = queue(key -> new PassResult.RequeueAfter(Duration.ofSeconds(1)));
        queue.add("a");
        advance(Duration.ofMillis(3500));
        assertThat(passes).hasSize(4);
    }

    @Test
    void workBesideTheQueueRunsOnlyWhenNobodyWorksOnTheKey() {
        WorkQueue<String> queue = queue(key -> new PassResult.Finished());
        AtomicInteger ran = new AtomicInteger();
        queue.add("a");
        assertThat(queue.exclusively("a", ran::incrementAndGet)).isFalse();
        scheduler.runDue();
        assertThat(queue.exclusively("a", () -> {
                    ran.incrementAndGet();
                    queue.add("a");
                }))
                .isTrue();
        assertThat(ran).hasValue(1);
        scheduler.runDue();
        assertThat(passes).containsExactly("a", "a");
    }

    @Test
    void aRoutineLookThatWaitsKeepsNoOtherWorkFromItsKeyAndComesAfterIt() {
        WorkQueue<String> queue = routine();
        queue.add("a", PriorityLevel.ROUTINE);
        queue.add("b", PriorityLevel.ROUTINE);
        assertThat(queue.exclusively("a", () -> {
                    scheduler.runDue();
                    assertThat(passes).as("while something else is done with a").containsExactly("b");
                }))
                .isTrue();
        scheduler.runDue();
        assertThat(passes).containsExactly("b", "a");
        assertThat(queue.size()).isZero();
    }

    @Test
    void aRoutineLookKeepsItsPlaceWhileOtherWorkIsDoneWithItsKey() {
        WorkQueue<String> queue = routine();
        queue.add("a", PriorityLevel.ROUTINE);
        queue.add("b", PriorityLevel.ROUTINE);
        assertThat(queue.exclusively("a", () -> assertThat(queue.exclusively("a", () -> {}))
                        .as("twice at once")
                        .isFalse()))
                .isTrue();
        scheduler.runDue();
        assertThat(passes).containsExactly("a", "b");
    }

    @Test
    void aKeyIsNeverWorkedOnByTwoThreadsAtOnceAndDifferentKeysAre() throws InterruptedException {
        // operations on one graph are serialised, different graphs run in parallel
        ThreadScheduler threads = new ThreadScheduler("engine", 4);
        Map<Integer, AtomicInteger> inside = new ConcurrentHashMap<>();
        AtomicBoolean overlapped = new AtomicBoolean();
        CountDownLatch bothInside = new CountDownLatch(2);
        CountDownLatch done = new CountDownLatch(400);
        WorkQueue<Integer> queue = new WorkQueue<>(
                threads,
                key -> {
                    if (inside.computeIfAbsent(key, any -> new AtomicInteger()).incrementAndGet() > 1) {
                        overlapped.set(true);
                    }
                    bothInside.countDown();
                    Thread.onSpinWait();
                    inside.get(key).decrementAndGet();
                    done.countDown();
                    return done.getCount() == 0
                            ? new PassResult.Finished()
                            : new PassResult.RequeueAfter(Duration.ZERO);
                },
                new BackOff(Duration.ofMillis(1), Duration.ofMillis(10)),
                new Random(1));
        for (int i = 0; i < 1000; i++) {
            queue.add(i % 4);
        }
        assertThat(done.await(20, TimeUnit.SECONDS)).isTrue();
        assertThat(bothInside.getCount()).isZero();
        assertThat(overlapped).isFalse();
        queue.close();
        threads.close();
    }

    @Test
    void aChangeIsLookedAtAtOnceAlthoughTenThousandTimersAreDue() {
        WorkQueue<String> queue = timersOf(10_000);
        clock.advance(Duration.ofSeconds(1));
        passes.clear();
        scheduler.runSome(10_000);
        // they are queued now, and each further step is a pass
        assertThat(queue.size()).isEqualTo(10_000);
        for (int change = 0; change < 100; change++) {
            queue.add("change-" + change, PriorityLevel.CHANGE);
            scheduler.runSome(10);
            assertThat(passes.subList(change * 10, change * 10 + 10)).contains("change-" + change);
        }
        while (queue.size() > 0) {
            scheduler.runSome(1000);
        }
        assertThat(passes).hasSize(10_100).doesNotHaveDuplicates();
    }

    @Test
    void whatElseTheSchedulerHasToDoWaitsForNoLongQueue() {
        WorkQueue<String> queue = queue(key -> new PassResult.Finished());
        for (int i = 0; i < 1000; i++) {
            queue.add("k" + i);
        }
        scheduler.execute(() -> passes.add("something else"));
        scheduler.runDue();
        assertThat(passes).hasSize(1001).element(1).isEqualTo("something else");
    }

    @Test
    void aGraphThatIsBeingRemovedKeepsItsPriorityLevel() {
        WorkQueue<String> queue = new WorkQueue<>(
                scheduler,
                this::noted,
                key -> PriorityLevel.REMOVAL,
                new BackOff(Duration.ofMillis(50), Duration.ofSeconds(10)),
                new Random(7),
                System::nanoTime);
        queue.add("a");
        queue.add("b", PriorityLevel.CHANGE);
        assertThat(queue.size(PriorityLevel.REMOVAL)).isEqualTo(2);
    }

    @Test
    void aPassThatIsAskedForForTwoReasonsWhileOneRunsComesForTheBetter() {
        List<WorkQueue<String>> self = new ArrayList<>();
        List<Integer> changes = new ArrayList<>();
        WorkQueue<String> queue = queue(key -> {
            if (passes.size() == 1) {
                self.get(0).add(key);
                self.get(0).add(key, PriorityLevel.CHANGE);
                self.get(0).add(key);
            }
            return new PassResult.Finished();
        });
        self.add(queue);
        queue.add("a");
        scheduler.runSome(1);
        changes.add(queue.size(PriorityLevel.CHANGE));
        scheduler.runDue();
        assertThat(changes).containsExactly(1);
        assertThat(passes).containsExactly("a", "a");
    }

    private WorkQueue<String> routine() {
        return new WorkQueue<>(
                scheduler,
                this::noted,
                key -> PriorityLevel.ROUTINE,
                new BackOff(Duration.ofMillis(50), Duration.ofSeconds(10)),
                new Random(7),
                System::nanoTime);
    }

    /** Number of keys that are queued again in a second, without any event. */
    private WorkQueue<String> timersOf(int keys) {
        AtomicInteger first = new AtomicInteger(keys);
        WorkQueue<String> queue = new WorkQueue<>(
                scheduler,
                key -> {
                    passes.add(key);
                    return first.getAndDecrement() > 0
                            ? new PassResult.RequeueAfter(Duration.ofSeconds(1))
                            : new PassResult.Finished();
                },
                key -> PriorityLevel.ROUTINE,
                new BackOff(Duration.ofMillis(50), Duration.ofSeconds(10)),
                new Random(7),
                System::nanoTime);
        for (int i = 0; i < keys; i++) {
            queue.add("k" + i, PriorityLevel.ROUTINE);
        }
        while (queue.size() > 0) {
            scheduler.runSome(1000);
        }
        return queue;
    }

    @Test
    void aClosedQueueTakesNothing() {
        WorkQueue<String> queue = queue(key -> new PassResult.Finished());
        queue.close();
        queue.add("a");
        scheduler.runDue();
        assertThat(passes).isEmpty();
    }

    @Test
    void whatAPassHasDoneComesBackAsNewsPieceByPieceAndIsLookedAtTogether() {
        List<WorkQueue<String>> self = new ArrayList<>();
        WorkQueue<String> queue = onTheClock(key -> {
            self.get(0).addNews(key);
            return passes.size() == 1 ? new PassResult.RequeueAfter(Duration.ofSeconds(5)) : new PassResult.Finished();
        });
        self.add(queue);
        queue.add("a", PriorityLevel.CHANGE);
        scheduler.runDue();
        clock.advance(WorkQueue.NEWS_SPACING.minusMillis(1));
        queue.addNews("a");
        scheduler.runDue();
        assertThat(passes).containsExactly("a");

        clock.advance(Duration.ofMillis(1));
        scheduler.runDue();
        assertThat(passes).containsExactly("a", "a");
    }

    @Test
    void newsThatComeAgainAndAgainPutNothingOff() {
        WorkQueue<String> queue = onTheClock(key -> new PassResult.Finished());
        queue.addNews("a");
        scheduler.runDue();
        for (int i = 0; i < 10; i++) {
            clock.advance(WorkQueue.NEWS_SPACING.dividedBy(10));
            queue.addNews("a");
            scheduler.runDue();
        }
        assertThat(passes).containsExactly("a", "a");
    }

    @Test
    void newsOfAKeyThatNobodyHasLookedAtLatelyAreLookedAtAtOnce() {
        WorkQueue<String> queue = onTheClock(key -> new PassResult.Finished());
        queue.addNews("a");
        scheduler.runDue();
        clock.advance(WorkQueue.NEWS_SPACING);
        queue.addNews("a");
        queue.addNews("b");
        scheduler.runDue();
        assertThat(passes).containsExactly("a", "a", "b");
    }

    @Test
    void whoAsksForSomethingWaitsForNoNewsAndHisPassHasThem() {
        WorkQueue<String> queue = onTheClock(key -> new PassResult.Finished());
        queue.add("a");
        scheduler.runDue();
        queue.addNews("a");
        queue.add("a", PriorityLevel.CHANGE);
        scheduler.runDue();
        assertThat(passes).containsExactly("a", "a");

        clock.advance(Duration.ofMinutes(1));
        scheduler.runDue();
        assertThat(passes).hasSize(2);
    }

    @Test
    void newsThatCameWhileSomethingElseHadTheKeyAreNotLost() {
        WorkQueue<String> queue = onTheClock(key -> new PassResult.Finished());
        queue.exclusively("a", () -> queue.addNews("a"));
        scheduler.runDue();
        assertThat(passes).containsExactly("a");
    }

    @Test
    void newsDoNotPutOffWhatIsPlannedEarlier() {
        WorkQueue<String> queue = onTheClock(key ->
                passes.size() == 1 ? new PassResult.RequeueAfter(Duration.ofMillis(50)) : new PassResult.Finished());
        queue.add("a");
        scheduler.runDue();
        queue.addNews("a");
        clock.advance(Duration.ofMillis(50));
        scheduler.runSome(1);
        assertThat(queue.size(PriorityLevel.NEWS)).isEqualTo(1);
        scheduler.runDue();
        assertThat(passes).containsExactly("a", "a");

        clock.advance(Duration.ofMinutes(1));
        scheduler.runDue();
        assertThat(passes).hasSize(2);
    }

    @Test
    void newsDuringAPassThatWasRequestedAgainGiveItTheirPriorityLevel() {
        List<WorkQueue<String>> self = new ArrayList<>();
        WorkQueue<String> queue = onTheClock(key -> {
            if (passes.size() == 1) {
                self.get(0).add(key, PriorityLevel.ROUTINE);
                self.get(0).addNews(key);
            }
            return new PassResult.Finished();
        });
        self.add(queue);
        queue.add("a");
        scheduler.runSome(1);
        assertThat(queue.size(PriorityLevel.NEWS)).isEqualTo(1);
        scheduler.runDue();
        assertThat(passes).containsExactly("a", "a");
    }

    @Test
    void newsDuringAPassWaitAtThePriorityLevelOfTheKey() {
        WorkQueue<String> queue = onTheClock(key -> new PassResult.Finished(), key -> PriorityLevel.PROGRESS);
        queue.exclusively("a", () -> queue.addNews("a"));
        assertThat(queue.size(PriorityLevel.PROGRESS)).isEqualTo(1);
    }

    /** A pass that always makes news itself would else never come back later and later. */
    @Test
    void failuresWithNewsAreCounted() {
        List<WorkQueue<String>> self = new ArrayList<>();
        WorkQueue<String> queue = onTheClock(key -> {
            if (passes.size() < 10) {
                self.get(0).addNews(key);
            }
            return new PassResult.PassRejected();
        });
        self.add(queue);
        queue.add("a");
        scheduler.runDue();
        while (passes.size() < 10) {
            clock.advance(WorkQueue.NEWS_SPACING);
            scheduler.runDue();
        }
        clock.advance(Duration.ofSeconds(4));
        scheduler.runDue();
        assertThat(passes).hasSize(10);
    }

    private WorkQueue<String> onTheClock(Function<String, PassResult> pass) {
        return onTheClock(pass, key -> PriorityLevel.ROUTINE);
    }

    private WorkQueue<String> onTheClock(Function<String, PassResult> pass, Function<String, PriorityLevel> laneOf) {
        return new WorkQueue<>(
                scheduler,
                key -> {
                    passes.add(key);
                    return pass.apply(key);
                },
                laneOf,
                new BackOff(Duration.ofMillis(50), Duration.ofSeconds(10)),
                new Random(7),
                () -> Duration.between(Instant.EPOCH, clock.now()).toNanos());
    }

    private WorkQueue<String> queue(Function<String, PassResult> pass) {
        return new WorkQueue<>(
                scheduler,
                key -> {
                    passes.add(key);
                    return pass.apply(key);
                },
                new BackOff(Duration.ofMillis(50), Duration.ofSeconds(10)),
                new Random(7));
    }

    private void advance(Duration duration) {
        scheduler.runDue();
        for (long ms = 0; ms < duration.toMillis(); ms += 10) {
            clock.advance(Duration.ofMillis(10));
            scheduler.runDue();
        }
    }
}
