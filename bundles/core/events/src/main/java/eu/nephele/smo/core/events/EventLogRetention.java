// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.events;

import eu.nephele.smo.core.contract.work.ClockJumps;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Removes expired records periodically, on a thread of its own: a long removal delays no event. A run before which the
 * clock was set ahead is skipped, because all records look older then than they are.
 */
public final class EventLogRetention implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(EventLogRetention.class);
    private static final long END_MILLIS = 2000;

    private final String what;
    private final LongSupplier prune;
    private final ScheduledExecutorService thread;
    private final Duration every;
    private final ClockJumps jumps;
    private volatile Future<?> next = CompletableFuture.completedFuture(null);

    /**
     * @param jumps of the clock that ages are measured by
     * @param prune removes expired records and returns their number
     */
    public EventLogRetention(String what, Duration every, ClockJumps jumps, LongSupplier prune) {
        this.what = what;
        this.prune = prune;
        this.thread = Executors.newSingleThreadScheduledExecutor(task -> {
            Thread made = new Thread(task, "smo-events-retention-" + what);
            made.setDaemon(true);
            return made;
        });
        this.every = every;
        this.jumps = jumps;
    }

    public void begin() {
        next = thread.scheduleWithFixedDelay(this::run, every.toMillis(), every.toMillis(), TimeUnit.MILLISECONDS);
    }

    void run() {
        Optional<Duration> ahead = jumps.check();
        if (ahead.isPresent()) {
            LOG.warn(
                    "clock set ahead seconds={} kind={}; the next deletion of expired records is in {} s",
                    ahead.get().toSeconds(),
                    what,
                    every.toSeconds());
            return;
        }
        try {
            long gone = prune.getAsLong();
            if (gone > 0) {
                LOG.info("deleted expired records count={} kind={}", gone, what);
            }
        } catch (RuntimeException e) {
            LOG.warn("deleting expired records failed kind={} reason=\"{}\"; retrying later", what, e.toString());
        }
    }

    /** A removal under way is not interrupted: H2 closes its file when a thread that uses it is. */
    @Override
    public void close() {
        next.cancel(false);
        thread.shutdown();
        try {
            thread.awaitTermination(END_MILLIS, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
