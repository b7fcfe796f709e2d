// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.harness.containers;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** Waits for what others do. */
final class PatientReader {

    private static final long PAUSE_MILLIS = 50;

    private final Duration limit;
    private final long pauseMillis;

    /** @param limit longest time of one wait */
    PatientReader(Duration limit) {
        this(limit, PAUSE_MILLIS);
    }

    /** @param pauseMillis between two looks */
    PatientReader(Duration limit, long pauseMillis) {
        this.limit = limit;
        this.pauseMillis = pauseMillis;
    }

    /** What is looked at. */
    @FunctionalInterface
    interface Look {

        boolean isSo() throws IOException, InterruptedException;
    }

    /**
     * Returns the time until it is so.
     *
     * @param what for people
     * @throws IOException when it is not so within the limit
     */
    Duration await(String what, Look look) throws IOException, InterruptedException {
        long begun = System.nanoTime();
        while (!look.isSo()) {
            if (System.nanoTime() - begun > limit.toNanos()) {
                throw new IOException("Not within %d s: %s".formatted(limit.toSeconds(), what));
            }
            TimeUnit.MILLISECONDS.sleep(pauseMillis);
        }
        return Duration.ofNanos(System.nanoTime() - begun);
    }
}
