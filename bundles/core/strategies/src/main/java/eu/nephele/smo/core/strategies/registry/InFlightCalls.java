// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.strategies.registry;

import eu.nephele.smo.core.strategies.registry.RegisteredService.ActiveCall;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

final class InFlightCalls {
    /** Guards everything below. */
    private final ReentrantLock lock = new ReentrantLock();

    private final Condition left = lock.newCondition();
    private final Set<ActiveCall> running = new HashSet<>();
    private final Set<ActiveCall> abandoned = new HashSet<>();
    private EntryState entryState = EntryState.OPEN;
    private boolean closed;

    enum EntryState {
        OPEN,
        TRIALS_ONLY,
        CLOSED
    }

    boolean enter(ActiveCall call) {
        lock.lock();
        try {
            boolean welcome = entryState == EntryState.OPEN || (entryState == EntryState.TRIALS_ONLY && !call.live());
            return welcome && !closed && running.add(call);
        } finally {
            lock.unlock();
        }
    }

    /** @return whether its caller had given it up */
    boolean leave(ActiveCall call) {
        lock.lock();
        try {
            running.remove(call);
            left.signalAll();
            return abandoned.remove(call);
        } finally {
            lock.unlock();
        }
    }

    boolean awaitLeft(ActiveCall call, Duration most) throws InterruptedException {
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

    boolean abandon(ActiveCall call) {
        lock.lock();
        try {
            return running.contains(call) && abandoned.add(call);
        } finally {
            lock.unlock();
        }
    }

    int abandoned() {
        lock.lock();
        try {
            return abandoned.size();
        } finally {
            lock.unlock();
        }
    }

    void door(EntryState now) {
        lock.lock();
        try {
            entryState = now;
        } finally {
            lock.unlock();
        }
    }

    List<ActiveCall> all() {
        lock.lock();
        try {
            return List.copyOf(running);
        } finally {
            lock.unlock();
        }
    }

    /** Shuts for good, then waits until the latest call inside must be over, at most {@code most}. */
    void drain(Duration most) {
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
    }

    private long remaining(long endNanos) {
        long now = System.nanoTime();
        return running.stream()
                .filter(call -> !abandoned.contains(call))
                .mapToLong(call -> Math.min(call.latestNanos() - now, endNanos - now))
                .max()
                .orElse(0);
    }
}
