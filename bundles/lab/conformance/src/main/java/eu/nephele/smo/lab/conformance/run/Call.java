// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.conformance.run;

import eu.nephele.smo.lab.conformance.run.Outcome.Answered;
import eu.nephele.smo.lab.conformance.run.Outcome.Late;
import eu.nephele.smo.lab.conformance.run.Outcome.Threw;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** One call of foreign code on a thread of its own. */
final class Call<T> {

    /** How long an interrupted call may take to end before it counts as abandoned. */
    private static final long INTERRUPT_TAKES_EFFECT_MILLIS = 500;

    private static final long LOOK_EVERY_MILLIS = 5;

    private final Thread thread;
    private final CountDownLatch ended = new CountDownLatch(1);
    private volatile Outcome<T> outcome = new Late<>("it never ended");
    private final HeapWatch heap = new HeapWatch();
    private final long start = System.nanoTime();

    /** @param mark context class loader of the thread, by which threads that the call starts are known again */
    Call(Callable<T> body, ClassLoader mark, String name) {
        thread = new Thread(null, () -> run(body), name, 0, false);
        thread.setDaemon(true);
        thread.setContextClassLoader(mark);
    }

    Call<T> start() {
        thread.start();
        return this;
    }

    private void run(Callable<T> body) {
        try {
            T answer = body.call();
            outcome = new Answered<>(answer, elapsedMillis());
        } catch (Throwable problem) { // foreign code: whatever it throws is what there is to report
            outcome = new Threw<>(problem.getClass().getName(), problem instanceof IllegalArgumentException);
            outcome = new Threw<>(Problems.text(problem), problem instanceof IllegalArgumentException);
        } finally {
            ended.countDown();
        }
    }

    /**
     * Waits for the end of the call.
     *
     * @param limitMillis counted from its start
     * @throws Abandoned when it does not even end after an interruption
     * @throws InterruptedException when the waiting thread was interrupted; the call is interrupted as well
     */
    Outcome<T> await(long limitMillis) throws InterruptedException {
        try {
            while (elapsedMillis() < limitMillis) {
                long left = limitMillis - elapsedMillis();
                if (ended.await(Math.max(1, Math.min(LOOK_EVERY_MILLIS, left)), TimeUnit.MILLISECONDS)) {
                    return outcome;
                }
                if (heap.nearlyFull()) {
                    return stopped("it used up the heap and was interrupted after %d ms".formatted(elapsedMillis()));
                }
            }
            return stopped("no answer within %d ms; interrupted".formatted(limitMillis));
        } catch (InterruptedException e) {
            thread.interrupt();
            throw e;
        }
    }

    /** Interrupts the call after a time, unless it ends before; returns what came of it. */
    Outcome<T> interruptedAfter(long millis) throws InterruptedException {
        if (!ended.await(millis, TimeUnit.MILLISECONDS)) {
            stopped("");
        }
        return outcome;
    }

    private Outcome<T> stopped(String why) throws InterruptedException {
        thread.interrupt();
        if (!ended.await(INTERRUPT_TAKES_EFFECT_MILLIS, TimeUnit.MILLISECONDS)) {
            throw new Abandoned(why, INTERRUPT_TAKES_EFFECT_MILLIS);
        }
        return new Late<>(why);
    }

    private long elapsedMillis() {
        return (System.nanoTime() - start) / 1_000_000;
    }
}
