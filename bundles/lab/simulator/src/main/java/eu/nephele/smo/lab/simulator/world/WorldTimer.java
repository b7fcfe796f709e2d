// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.simulator.world;

import eu.nephele.smo.lab.simulator.WorldClock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** One thread that wakes the world when a change is due, and carries its notifications. For clocks that run by themselves. */
public final class WorldTimer implements Executor, AutoCloseable {

    private final WorldClock clock;
    private final ScheduledThreadPoolExecutor thread;
    private Optional<Runnable> tick = Optional.empty();
    private Optional<Future<?>> planned = Optional.empty();
    private Instant plannedFor = Instant.MAX;

    public WorldTimer(WorldClock clock) {
        this.clock = clock;
        this.thread = new ScheduledThreadPoolExecutor(1, task -> {
            Thread created = new Thread(task, "smo-simulator");
            created.setDaemon(true);
            return created;
        });
        // a port may be called while the world is being closed: then no listener is left
        thread.setRejectedExecutionHandler(new ThreadPoolExecutor.DiscardPolicy());
        thread.setRemoveOnCancelPolicy(true);
    }

    public synchronized void drive(Runnable wake) {
        tick = Optional.of(wake);
        plan();
    }

    public synchronized void expect(Instant due) {
        if (!due.equals(plannedFor)) {
            plannedFor = due;
            plan();
        }
    }

    @Override
    public void execute(Runnable command) {
        thread.execute(command);
    }

    @Override
    public void close() {
        thread.shutdownNow();
    }

    private void plan() {
        planned.ifPresent(future -> future.cancel(false));
        planned = plannedFor.equals(Instant.MAX) ? Optional.empty() : tick.map(this::later);
    }

    private Future<?> later(Runnable wake) {
        Duration wait = clock.outside(Duration.between(clock.now(), plannedFor));
        return thread.schedule(() -> beat(wake), Math.max(0, wait.toNanos()), TimeUnit.NANOSECONDS);
    }

    private void beat(Runnable wake) {
        synchronized (this) {
            plannedFor = Instant.MAX;
        }
        wake.run();
    }
}
