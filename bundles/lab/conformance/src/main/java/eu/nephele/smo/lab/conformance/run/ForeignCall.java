// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.conformance.run;

import eu.nephele.smo.api.time.Deadline;
import eu.nephele.smo.api.time.UsedTime;
import eu.nephele.smo.lab.conformance.run.CallOutcome.Late;
import eu.nephele.smo.lab.conformance.run.CallOutcome.Returned;
import eu.nephele.smo.lab.conformance.run.CallOutcome.Threw;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** One call of foreign code on a thread of its own. */
final class ForeignCall<T> {

    /** Milliseconds that an interrupted call may take before it counts as abandoned. */
    private static final long INTERRUPT_TAKES_EFFECT_MILLIS = 500;

    private static final long LOOK_EVERY_MILLIS = 5;

    private final Thread thread;
    private final CountDownLatch ended = new CountDownLatch(1);
    private volatile CallOutcome<T> outcome = new Late<>("it never ended");
    private final HeapWatch heap = new HeapWatch();
    private final UsedTime used = new UsedTime();
    private final long start = System.nanoTime();

    /** @param mark context class loader of the thread, by which threads that the call starts are known again */
    ForeignCall(TimedCall<T> body, ClassLoader mark, String name) {
        thread = new Thread(null, () -> run(body), name, 0, false);
        thread.setDaemon(true);
        thread.setContextClassLoader(mark);
    }

    ForeignCall<T> start() {
        thread.start();
        return this;
    }

    private void run(TimedCall<T> body) {
        used.begin();
        try {
            T answer = body.call(used);
            outcome = new Returned<>(answer, elapsedMillis());
        } catch (Throwable problem) { // foreign code: everything that it throws is reported
            outcome = new Threw<>(problem.getClass().getName(), problem instanceof IllegalArgumentException);
            outcome = new Threw<>(ExceptionTexts.text(problem), problem instanceof IllegalArgumentException);
        } finally {
            ended.countDown();
        }
    }

    /** Samples its state: waiting is charged only at a sample. */
    void inspect() {
        used.look();
    }

    /**
     * @param limitMillis time that it may use from its start; the wall-clock limit is that of a budget
     * @param look samples all timed calls during the wait
     * @throws AbandonedCallException when it does not even end after an interruption
     * @throws ExaminationEndedException when the time of all calls is over, or the process stood still for most of the time of this one
     * @throws InterruptedException when the waiting thread was interrupted; the call is interrupted as well
     */
    CallOutcome<T> await(long limitMillis, Deadline total, Runnable look) throws InterruptedException {
        long wallMillis = Deadline.wallMillis(limitMillis);
        Deadline limit = Deadline.of(used, limitMillis, wallMillis);
        try {
            while (!ended.await(LOOK_EVERY_MILLIS, TimeUnit.MILLISECONDS)) {
                look.run();
                if (ended.getCount() == 0) {
                    return outcome;
                } else if (heap.nearlyFull()) {
                    return stopped(
                            "it used up the heap and was interrupted after %d ms".formatted(elapsedMillis()), look);
                } else if (limit.passed() && limit.isUsedUp()) {
                    return stopped("no answer within %d ms: %s; interrupted".formatted(limitMillis, used.text()), look);
                } else if (limit.passed()) {
                    CallOutcome<T> late = stopped(
                            "no answer within %d ms of wall-clock time: %s; interrupted"
                                    .formatted(wallMillis, used.text()),
                            look);
                    if (used.stalledNanos() > used.elapsedNanos() / 2) {
                        throw new ExaminationEndedException("not tried: the process stood still or had no core");
                    }
                    return late;
                } else if (total.passed()) {
                    stopped("no answer until the time of the examination was used up", look);
                    throw ExaminationEndedException.timeIsUsedUp();
                }
            }
            return outcome;
        } catch (InterruptedException e) {
            thread.interrupt();
            throw e;
        }
    }

    CallOutcome<T> interruptedAfter(long millis, Runnable look) throws InterruptedException {
        if (!ended.await(millis, TimeUnit.MILLISECONDS)) {
            stopped("", look);
        }
        return outcome;
    }

    private CallOutcome<T> stopped(String why, Runnable look) throws InterruptedException {
        thread.interrupt();
        Deadline effect = Deadline.fromNow(used, INTERRUPT_TAKES_EFFECT_MILLIS);
        while (!ended.await(LOOK_EVERY_MILLIS, TimeUnit.MILLISECONDS)) {
            look.run();
            if (effect.passed()) {
                throw new AbandonedCallException(why, INTERRUPT_TAKES_EFFECT_MILLIS);
            }
        }
        return new Late<>(why);
    }

    private long elapsedMillis() {
        return (System.nanoTime() - start) / 1_000_000;
    }
}
