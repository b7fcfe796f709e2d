// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.contract.work;

import java.time.Duration;

/** Runs things now or later; injected, so that tests decide what time it is. */
public interface Scheduler extends AutoCloseable {

    /** Runs soon, on a worker; several may run at once. */
    void execute(Runnable task);

    /** Limit of tasks that run at once, 1 or more. */
    int threads();

    /** Runs on a worker after the delay, measured on a monotonic clock. */
    Timer after(Duration delay, Runnable task);

    /** Lets running tasks end, takes no new ones. */
    @Override
    void close();

    /** A task that has not run yet. */
    @FunctionalInterface
    interface Timer {
        void cancel();
    }
}
