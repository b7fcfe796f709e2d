// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.contract.work;

import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Worker threads and one timer thread. */
public final class ThreadScheduler implements Scheduler {

    private static final Logger LOG = LoggerFactory.getLogger(ThreadScheduler.class);

    /** Time for which an orderly stop waits for running passes; outside calls have shorter time-outs of their own. */
    private static final Duration DRAIN = Duration.ofSeconds(4);

    private static final Duration BEAT = Duration.ofSeconds(1);

    private final String room;
    private final int threads;
    private final ExecutorService workers;
    private final ScheduledThreadPoolExecutor timer;
    private final Future<?> beats;
    private volatile long lastBeat = System.nanoTime();
    private volatile String broken = "";

    /**
     * @param room owner of the threads: their names begin with {@code smo-} and this
     * @param workers tasks that run at the same time
     */
    public ThreadScheduler(String room, int workers) {
        this.room = room;
        this.threads = workers;
        this.workers = Executors.newFixedThreadPool(workers, threads("smo-" + room + "-"));
        this.timer = new ScheduledThreadPoolExecutor(1, threads("smo-" + room + "-timer-"));
        this.timer.setRemoveOnCancelPolicy(true);
        this.beats = timer.scheduleWithFixedDelay(
                () -> lastBeat = System.nanoTime(), BEAT.toMillis(), BEAT.toMillis(), TimeUnit.MILLISECONDS);
    }

    @Override
    public void execute(Runnable task) {
        try {
            workers.execute(() -> guarded(task));
        } catch (RejectedExecutionException e) {
            LOG.debug("task rejected part={}; it is stopping, the task is left to the next start", room, e);
        }
    }

    @Override
    public int threads() {
        return threads;
    }

    @Override
    public Timer after(Duration delay, Runnable task) {
        try {
            Future<?> future =
                    timer.schedule(() -> guarded(() -> execute(task)), delay.toNanos(), TimeUnit.NANOSECONDS);
            return () -> future.cancel(false);
        } catch (RejectedExecutionException e) {
            LOG.debug("timer rejected part={}; it is stopping, the task is left to the next start", room, e);
            return () -> {};
        }
    }

    /** Returns the tasks that ended for good, in words for people; "" for none. */
    public String broken() {
        return broken;
    }

    /** The time since its timer ran last; it runs every second. */
    public Duration silence() {
        return Duration.ofNanos(System.nanoTime() - lastBeat);
    }

    @Override
    public void close() {
        beats.cancel(false);
        timer.shutdownNow();
        workers.shutdown();
        try {
            if (!workers.awaitTermination(DRAIN.toMillis(), TimeUnit.MILLISECONDS)) {
                workers.shutdownNow();
                if (!workers.awaitTermination(DRAIN.toMillis(), TimeUnit.MILLISECONDS)) {
                    LOG.warn("stopped with a running task part={}; the task ignores its interrupt", room);
                }
            }
        } catch (InterruptedException e) {
            workers.shutdownNow();
            Thread.currentThread().interrupt();
        }
    }

    private void guarded(Runnable task) {
        try {
            task.run();
        } catch (RuntimeException | LinkageError | StackOverflowError e) {
            LOG.error("background task failed part={}; this is a defect", room, e);
        } catch (VirtualMachineError e) {
            // its follow-up may be lost: a timer that was not set again, a note that was not taken
            broken = "a thread of part %s failed with %s".formatted(room, e);
            LOG.error("background task failed part={}; the process has to be restarted", room, e);
        }
    }

    private static ThreadFactory threads(String prefix) {
        AtomicInteger number = new AtomicInteger();
        return task -> {
            Thread thread = new Thread(task, prefix + number.incrementAndGet());
            thread.setDaemon(true);
            return thread;
        };
    }
}
