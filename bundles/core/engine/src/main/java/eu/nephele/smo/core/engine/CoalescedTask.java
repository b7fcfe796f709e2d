// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.engine;

import eu.nephele.smo.core.contract.work.Scheduler;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;

/** A task that runs once after a delay, however often it is planned until then. */
final class CoalescedTask {

    private final Scheduler scheduler;
    private final Duration delay;
    private final Runnable task;
    private final AtomicBoolean planned = new AtomicBoolean();

    CoalescedTask(Scheduler scheduler, Duration delay, Runnable task) {
        this.scheduler = scheduler;
        this.delay = delay;
        this.task = task;
    }

    void plan() {
        if (planned.compareAndSet(false, true)) {
            scheduler.after(delay, () -> {
                planned.set(false);
                task.run();
            });
        }
    }
}
