// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.api.time;

import java.util.concurrent.TimeUnit;

/** A thread on a machine that does what a test says. */
final class PlayedThread implements UsedTime.Meter {
    private long wall = 1_000_000_007;
    private long processor = 500_000_003;
    private boolean waits;
    private boolean mute;
    private int asked;

    /** Has a core. */
    void runs(long millis) {
        wall += TimeUnit.MILLISECONDS.toNanos(millis);
        processor += TimeUnit.MILLISECONDS.toNanos(millis);
        waits = false;
    }

    /** Wants one and has none, or hangs in the operating system; so it is, too, while the process is stopped. */
    void hasNoCore(long millis) {
        wall += TimeUnit.MILLISECONDS.toNanos(millis);
        waits = false;
    }

    /** As {@link #hasNoCore}. */
    void hasNoCoreForMicros(long micros) {
        wall += TimeUnit.MICROSECONDS.toNanos(micros);
        waits = false;
    }

    void waits(long millis) {
        wall += TimeUnit.MILLISECONDS.toNanos(millis);
        waits = true;
    }

    /** Nobody can tell its processor time. */
    void isMute() {
        mute = true;
    }

    void ends() {
        processor = 0;
        waits = false;
    }

    /** How often somebody asked for more than the time on the wall. */
    int asked() {
        return asked;
    }

    @Override
    public long wallNanos() {
        return wall;
    }

    @Override
    public long processorNanos() {
        asked++;
        return mute ? -1 : processor;
    }

    @Override
    public boolean waits() {
        return waits;
    }
}
