// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.demo;

import java.time.Duration;
import java.util.concurrent.TimeUnit;

interface DemoClock {

    DemoClock REAL = new DemoClock() {
        @Override
        public long nanoTime() {
            return System.nanoTime();
        }

        @Override
        public void pause(Duration duration) throws InterruptedException {
            TimeUnit.NANOSECONDS.sleep(duration.toNanos());
        }
    };

    /** Monotonic. */
    long nanoTime();

    void pause(Duration duration) throws InterruptedException;
}
