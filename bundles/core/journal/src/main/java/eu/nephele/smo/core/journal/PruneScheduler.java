// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.journal;

import eu.nephele.smo.core.contract.work.ClockJumps;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Removes expired records periodically, on a thread of its own. A removal that fails prevents none of the others. A run
 * before which the clock was set ahead is skipped, because all records look older then than they are; an operator who
 * set the clock by mistake can correct it before the next run.
 */
final class PruneScheduler implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(PruneScheduler.class);
    private static final long END_MILLIS = 2000;

    private final List<PruneTask> tasks;
    private final ScheduledExecutorService thread;
    private final Duration every;
    private final ClockJumps jumps;
    private volatile Future<?> next = CompletableFuture.completedFuture(null);

    /** @param what kind of records, for messages: "operations" */
    record PruneTask(String what, LongSupplier prune) {}

    /** @param jumps of the clock that the age of what is removed is measured by */
    PruneScheduler(String name, Duration every, ClockJumps jumps, List<PruneTask> tasks) {
        this.tasks = List.copyOf(tasks);
        this.thread = Executors.newSingleThreadScheduledExecutor(task -> {
            Thread made = new Thread(task, name);
            made.setDaemon(true);
            return made;
        });
        this.every = every;
        this.jumps = jumps;
    }

    /** Begins, unless it has been closed: a tenure may be published while this bundle stops. */
    void begin() {
        long millis = every.toMillis();
        try {
            next = thread.scheduleWithFixedDelay(this::run, millis, millis, TimeUnit.MILLISECONDS);
        } catch (RejectedExecutionException ended) {
            LOG.debug("deletion of expired records not scheduled reason=\"journal is closed\"");
        }
    }

    void run() {
        jumps.check()
                .ifPresentOrElse(
                        ahead -> LOG.warn(
                                "clock set ahead seconds={}; the next deletion of expired records is in {} s",
                                ahead.toSeconds(),
                                every.toSeconds()),
                        () -> tasks.forEach(PruneScheduler::run));
    }

    /** Catches everything: a task that throws would never be called again. */
    private static void run(PruneTask task) {
        try {
            long gone = task.prune().getAsLong();
            if (gone > 0) {
                LOG.info("deleted expired records count={} kind={}", gone, task.what());
            }
        } catch (RuntimeException e) {
            LOG.warn(
                    "deleting expired records failed kind={} reason=\"{}\"; retrying later", task.what(), e.toString());
        }
    }

    /** A removal under way is not interrupted: H2 closes its file when a thread that uses it is. */
    @Override
    public void close() {
        next.cancel(false);
        thread.shutdown();
        try {
            if (!thread.awaitTermination(END_MILLIS, TimeUnit.MILLISECONDS)) {
                LOG.warn("deletion of expired records still running at shutdown; the database commits or rolls back");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
