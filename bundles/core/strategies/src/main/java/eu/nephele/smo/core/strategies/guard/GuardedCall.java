// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.strategies.guard;

import eu.nephele.smo.api.time.Deadline;
import eu.nephele.smo.core.strategies.registry.RegisteredService;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * One call of a service, on a thread of the guard. Its budget begins when the thread does. Known to the offer until the thread has
 * really left the service's code.
 */
final class GuardedCall<R> extends FutureTask<R> implements RegisteredService.ActiveCall {
    private final RegisteredService registeredService;
    private final CallBudget time;
    private final boolean live;
    private final CallWatch watch;
    private final CountDownLatch started = new CountDownLatch(1);
    private final AtomicBoolean stopping = new AtomicBoolean();
    private volatile Stop stop = Stop.NONE;
    private volatile Optional<Throwable> thrown = Optional.empty();
    private volatile Optional<Thread> thread = Optional.empty();
    private volatile long threadId;
    private volatile long allocatedBefore;
    private volatile Optional<Deadline> timeout = Optional.empty();

    /** @param what as in {@link eu.nephele.smo.core.contract.decision.StrategyFault#what()} */
    record Stop(String what, String message) {
        static final Stop NONE = new Stop("timeout", "was stopped");
    }

    GuardedCall(RegisteredService registeredService, CallBudget time, boolean live, CallWatch watch, Callable<R> body) {
        super(body);
        this.registeredService = registeredService;
        this.time = time;
        this.live = live;
        this.watch = watch;
    }

    @Override
    public void run() {
        time.begin();
        started.countDown();
        try {
            thread = Optional.of(Thread.currentThread());
            threadId = Thread.currentThread().getId();
            allocatedBefore = watch.allocatedBytes(threadId);
            // what the service creates (threads, timers) must inherit our loader and not keep the one of a bundle that
            // leaves
            Thread.currentThread().setContextClassLoader(GuardedCall.class.getClassLoader());
            watch.begin(this);
            super.run();
        } finally {
            watch.end(this, registeredService.leave(this));
        }
    }

    /** Keeps the exception apart: a wrapper such as a future would call its methods, which are foreign code. */
    @Override
    protected void setException(Throwable problem) {
        thrown = Optional.of(problem);
        super.setException(new IllegalStateException("See what was thrown"));
    }

    Optional<Throwable> thrown() {
        return thrown;
    }

    void awaitStart() throws InterruptedException {
        started.await();
    }

    RegisteredService offer() {
        return registeredService;
    }

    @Override
    public boolean live() {
        return live;
    }

    @Override
    public long latestNanos() {
        return System.nanoTime() + time.untilEndNanos();
    }

    /** Checks the state of its thread: waiting is charged only at a check. */
    void check() {
        time.check();
    }

    /** @throws TimeoutException when it has used up its budget, or its wall-clock limit has passed */
    R answer() throws InterruptedException, ExecutionException, TimeoutException {
        while (true) {
            try {
                return get(time.untilEndNanos(), TimeUnit.NANOSECONDS);
            } catch (TimeoutException e) {
                time.check();
                if (time.isOver() && !isDone()) {
                    throw e;
                }
            }
        }
    }

    long allocatedBytes() {
        return watch.allocatedBytes(threadId) - allocatedBefore;
    }

    /** Interrupts the call at the end of its time, and records which limit has ended it and whether it is a fault. */
    void runOut() {
        // on a busy machine the watch may not have seen yet what took the time; the first reason counts
        watch.lookAt(this);
        boolean starved = thread.map(Thread::getState).filter(time::isStarved).isPresent();
        if (starved) {
            stop("starved", time.text() + "; the machine is too busy to run it, or the process was stopped");
        } else {
            stop("timeout", time.text());
        }
    }

    void abandon() {
        timeout = Optional.of(time.patience());
    }

    /** Returns whether it was abandoned so long ago that no slow machine explains why it is not over. */
    boolean isLost() {
        return timeout.filter(Deadline::passed).isPresent();
    }

    boolean isAbandoned() {
        return timeout.isPresent();
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

    Stop stopped() {
        return stop;
    }
}
