// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.demo;

import java.time.Duration;

/** Time that passes only while somebody waits, and then in large steps. */
final class VirtualPace implements DemoClock {

    private static final long STEP_NANOS = Duration.ofSeconds(2).toNanos();

    private long nanos;
    private long eventNanos = Long.MAX_VALUE;
    private Runnable event = () -> {};

    /** Runs once, as soon as more time than that has been waited in total. */
    void whenPassed(Duration total, Runnable action) {
        eventNanos = total.toNanos();
        event = action;
    }

    @Override
    public long nanoTime() {
        return nanos;
    }

    @Override
    public void pause(Duration duration) {
        nanos += Math.max(duration.toNanos(), STEP_NANOS);
        if (nanos > eventNanos) {
            eventNanos = Long.MAX_VALUE;
            event.run();
        }
    }
}
