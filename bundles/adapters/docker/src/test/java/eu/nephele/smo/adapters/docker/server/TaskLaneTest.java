// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.adapters.docker.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import eu.nephele.smo.lab.testkit.Await;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** So many at once, in order, on threads that lanes share. */
class TaskLaneTest {

    private final ServerThreads threads = new ServerThreads(32);
    private final CountDownLatch gate = new CountDownLatch(1);

    @AfterEach
    void end() {
        gate.countDown();
        threads.close();
    }

    private void pass() {
        try {
            gate.await();
        } catch (InterruptedException ending) {
            Thread.currentThread().interrupt();
        }
    }

    @Test
    void noMoreThanSoManyRunAtTheSameTimeAndAllInTheEnd() {
        TaskLane lane = threads.lane(3);
        AtomicInteger begun = new AtomicInteger();
        AtomicInteger ended = new AtomicInteger();
        IntStream.range(0, 20)
                .forEach(i -> lane.execute(() -> {
                    begun.incrementAndGet();
                    pass();
                    ended.incrementAndGet();
                }));
        Await.until("three have begun", () -> begun.get() >= 3);
        assertThat(begun.get()).isEqualTo(3);
        gate.countDown();
        Await.until("all have ended", () -> ended.get() == 20);
    }

    @Test
    void aLaneThatHangsDelaysNoOtherAndAFailureEndsNoLane() {
        TaskLane hanging = threads.lane(1);
        hanging.execute(this::pass);
        TaskLane other = threads.lane(1);
        List<Integer> done = new CopyOnWriteArrayList<>();
        other.execute(() -> {
            throw new IllegalStateException("on purpose");
        });
        IntStream.range(0, 5).forEach(i -> other.execute(() -> done.add(i)));
        Await.until("the others are done", () -> done.size() == 5);
        assertThat(done).as("one after the other").containsExactly(0, 1, 2, 3, 4);
    }

    @Test
    void manyServersThatHangDelayNoOther() {
        AtomicInteger hanging = new AtomicInteger();
        IntStream.range(0, 100).forEach(i -> threads.lane(1).execute(() -> {
            hanging.incrementAndGet();
            pass();
        }));
        assertThat(hanging.get()).as("not all at the same moment").isLessThanOrEqualTo(40);
        AtomicInteger done = new AtomicInteger();
        threads.lane(1).execute(done::incrementAndGet);
        Await.until("the one that does not hang is done", () -> {
            threads.tick();
            return done.get() == 1;
        });
    }

    @Test
    void aClosedLaneInterruptsAndTellsWhatNeverBegan() {
        TaskLane lane = threads.lane(1);
        AtomicInteger interrupted = new AtomicInteger();
        CountDownLatch begun = new CountDownLatch(1);
        lane.execute(() -> {
            begun.countDown();
            pass();
            interrupted.set(Thread.interrupted() ? 1 : 0);
        });
        Runnable never = () -> {};
        lane.execute(never);
        Await.until("it has begun", () -> begun.getCount() == 0);
        assertThat(lane.shutDown()).containsExactly(never);
        Await.until("it was interrupted", () -> interrupted.get() == 1);
        assertThatExceptionOfType(RejectedExecutionException.class).isThrownBy(() -> lane.execute(never));
    }
}
