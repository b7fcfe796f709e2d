// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.simulator;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** A clock that stands still until it is moved, for tests and for scenarios that run as fast as they can. */
public final class VirtualClock implements WorldClock {

    private volatile Instant now;
    private final List<Runnable> listeners = new CopyOnWriteArrayList<>();

    public VirtualClock(Instant start) {
        now = start;
    }

    /** Moves the clock and notifies the worlds that run by it, on this thread. */
    public void advance(Duration by) {
        if (by.isNegative()) {
            throw new IllegalArgumentException("by=%s, expected a duration that is not negative".formatted(by));
        }
        synchronized (this) {
            now = now.plus(by);
        }
        listeners.forEach(Runnable::run);
    }

    @Override
    public Instant now() {
        return now;
    }

    @Override
    public Instant outside(Instant worldTime) {
        return worldTime;
    }

    @Override
    public Duration inside(Duration observed) {
        return observed;
    }

    @Override
    public Duration outside(Duration inWorld) {
        return inWorld;
    }

    @Override
    public void onMoved(Runnable listener) {
        listeners.add(listener);
    }
}
