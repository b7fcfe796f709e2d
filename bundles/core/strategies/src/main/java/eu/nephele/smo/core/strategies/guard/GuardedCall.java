// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.strategies.guard;

import eu.nephele.smo.core.strategies.registry.Offer;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * One call of a service, on a thread of the guard. Its budget begins when the thread does: a busy machine is not the fault of a
 * strategy. Known to the offer until the thread has really left the service's code.
 */
final class GuardedCall<R> extends FutureTask<R> implements Offer.Call {
    private final Offer offer;
    private final Deadline deadline;
    private final long graceMillis;
    private final boolean live;
    private final CallWatch watch;
    private final CountDownLatch started = new CountDownLatch(1);
    private final AtomicBoolean stopping = new AtomicBoolean();
    private volatile Stop stop = Stop.NONE;
    private volatile Optional<Throwable> thrown = Optional.empty();
    private volatile Optional<Thread> thread = Optional.empty();
    private volatile long threadId;
    private volatile long startedNanos;
    private volatile long processorNanosBefore;
    private volatile long allocatedBefore;
    private volatile long abandonedNanos;
    private volatile boolean abandoned;

    /**
     * Why a call was stopped.
     *
     * @param what as in {@link eu.nephele.smo.core.contract.decision.StrategyFault#what()}
     */
    record Stop(String what, String message) {
        static final Stop NONE = new Stop("timeout", "was stopped");
    }

    GuardedCall(Offer offer, Deadline deadline, long graceMillis, boolean live, CallWatch watch, Callable<R> body) {
        super(body);
        this.offer = offer;
        this.deadline = deadline;
        this.graceMillis = graceMillis;
        this.live = live;
        this.watch = watch;
    }

    @Override
    public void run() {
        deadline.begin();
        started.countDown();
        try {
            thread = Optional.of(Thread.currentThread());
            threadId = Thread.currentThread().getId();
            startedNanos = System.nanoTime();
            processorNanosBefore = watch.starvation().processorNanos(threadId);
            allocatedBefore = watch.allocatedBytes(threadId);
            // what the service creates (threads, timers) must inherit our loader and not keep the one of a bundle that
            // leaves
            Thread.currentThread().setContextClassLoader(GuardedCall.class.getClassLoader());
            watch.begin(this);
            super.run();
        } finally {
            watch.end(this, offer.leave(this));
        }
    }

    /** What was thrown is kept apart: whoever wraps it, as a future does, asks it about itself, and that is foreign code. */
    @Override
    protected void setException(Throwable problem) {
        thrown = Optional.of(problem);
        super.setException(new IllegalStateException("See what was thrown"));
    }

    /** What the service has thrown. */
    Optional<Throwable> thrown() {
        return thrown;
    }

    /** Waits until a thread has taken it up. */
    void awaitStart() throws InterruptedException {
        started.await();
    }

    Offer offer() {
        return offer;
    }

    @Override
    public boolean live() {
        return live;
    }

    @Override
    public long latestNanos() {
        return deadline.plusMillis(graceMillis);
    }

    /** What its thread has allocated since it began. */
    long allocatedBytes() {
        return watch.allocatedBytes(threadId) - allocatedBefore;
    }

    /** Its time is over: interrupts it, and says whose fault that is. */
    void runOutOf(long budgetMillis) {
        // on a busy machine the watch may not have seen yet what took the time; the first reason counts
        watch.lookAt(this);
        boolean starved = thread.filter(it -> watch.starvation()
                        .explains(
                                it.getState(),
                                watch.starvation().processorNanos(threadId) - processorNanosBefore,
                                System.nanoTime() - startedNanos))
                .isPresent();
        String message = "no answer within %d ms".formatted(budgetMillis);
        if (starved) {
            stop("starved", message + "; the machine is too busy to run it");
        } else {
            stop("timeout", message);
        }
    }

    /** Nobody waits for it from now on. */
    void abandon() {
        abandonedNanos = System.nanoTime();
        abandoned = true;
    }

    /** Whether it was abandoned so long ago that no slow machine explains why it is not over. */
    boolean isLost(long patienceNanos) {
        return abandoned && System.nanoTime() - abandonedNanos > patienceNanos;
    }

    boolean isAbandoned() {
        return abandoned;
    }

    @Override
    public void interrupt(String why) {
        stop("timeout", why + ", and was interrupted");
    }

    /** Interrupts its thread; the first reason counts. */
    void stop(String what, String message) {
        if (stopping.compareAndSet(false, true)) {
            stop = new Stop(what, message);
            cancel(true);
        }
    }

    /** Why it was stopped. */
    Stop stopped() {
        return stop;
    }
}
