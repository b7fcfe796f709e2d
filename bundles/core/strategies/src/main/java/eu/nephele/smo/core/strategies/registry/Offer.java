// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.strategies.registry;

import eu.nephele.smo.core.contract.decision.StrategyRef;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * A registered service together with the calls that are inside it. Looked up for every call and dropped after it: whoever keeps
 * one keeps a bundle from leaving.
 */
public final class Offer {
    private final Description description;
    private final Object service;
    private final long order;
    private final LongAdder faults = new LongAdder();
    /** Guards {@link #running} and {@link #closed}. */
    private final ReentrantLock lock = new ReentrantLock();

    private final Condition left = lock.newCondition();
    private final Set<Call> running = new HashSet<>();
    private boolean closed;

    Offer(Description description, Object service, long order) {
        this.description = description;
        this.service = service;
        this.order = order;
    }

    /** A call of the service. */
    public interface Call {
        /** When it must be over, on the scale of {@link System#nanoTime()}. */
        long latestNanos();

        /** Whether its caller no longer waits for it although it still runs. */
        boolean abandoned();

        /** Ends it: its thread is interrupted, a late answer discarded. */
        void interrupt();
    }

    public Description description() {
        return description;
    }

    long order() {
        return order;
    }

    /** @throws ClassCastException when the service is of another kind */
    public <S> S service(Class<S> type) {
        return type.cast(service);
    }

    public StrategyRef ref() {
        return new StrategyRef(
                description.kind().word(),
                description.id(),
                description.version().toString());
    }

    /** Id and version, for people. */
    public String who() {
        return description.id() + " " + description.version();
    }

    /** @return false when the service has left; then it must not be called */
    public boolean enter(Call call) {
        lock.lock();
        try {
            return !closed && running.add(call);
        } finally {
            lock.unlock();
        }
    }

    /** The call has left the code of the service. */
    public void leave(Call call) {
        lock.lock();
        try {
            running.remove(call);
            left.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Waits until the call has left the code of the service; false when it is still inside after that time. */
    public boolean awaitLeft(Call call, Duration most) throws InterruptedException {
        lock.lockInterruptibly();
        try {
            long nanos = most.toNanos();
            while (running.contains(call) && nanos > 0) {
                nanos = left.awaitNanos(nanos);
            }
            return !running.contains(call);
        } finally {
            lock.unlock();
        }
    }

    /** Whether a call that was given up is still inside. */
    public boolean stuck() {
        lock.lock();
        try {
            return running.stream().anyMatch(Call::abandoned);
        } finally {
            lock.unlock();
        }
    }

    public void countFault() {
        faults.increment();
    }

    /** Faults since it was registered. */
    public long faults() {
        return faults.sum();
    }

    /**
     * Lets nobody in any more and waits for those inside: until the latest of them must be over, at most {@code most}; then they
     * are interrupted.
     */
    void close(Duration most) {
        for (Call call : drain(most)) {
            call.interrupt();
        }
    }

    private List<Call> drain(Duration most) {
        lock.lock();
        try {
            closed = true;
            long end = System.nanoTime() + most.toNanos();
            long nanos = remaining(end);
            while (nanos > 0) {
                left.awaitNanos(nanos);
                nanos = remaining(end);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            lock.unlock();
        }
        return stillRunning();
    }

    private long remaining(long endNanos) {
        long now = System.nanoTime();
        return running.stream()
                .filter(call -> !call.abandoned())
                .mapToLong(call -> Math.min(call.latestNanos() - now, endNanos - now))
                .max()
                .orElse(0);
    }

    private List<Call> stillRunning() {
        lock.lock();
        try {
            return List.copyOf(running);
        } finally {
            lock.unlock();
        }
    }

    @Override
    public String toString() {
        return description.kind().word() + " " + who() + " of "
                + description.origin().bundle();
    }
}
