// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.plugins;

import eu.nephele.smo.api.runtime.SmoException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The one thread that changes plugins: tasks run one after the other, in the order of their submission. */
final class PluginWorker implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(PluginWorker.class);
    private static final int LEAVE_SECONDS = 2;

    private final ScheduledThreadPoolExecutor thread;
    private volatile @Nullable Thread self;

    PluginWorker() {
        thread = new ScheduledThreadPoolExecutor(1, task -> {
            Thread made = new Thread(task, "smo-plugins");
            made.setDaemon(true);
            // not ours: this thread outlives the class loader of this bundle when the bundle replaces itself
            made.setContextClassLoader(ClassLoader.getSystemClassLoader());
            self = made;
            return made;
        });
        thread.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
    }

    /** Does something later; nothing that it throws ends the thread. */
    void run(String what, Runnable task) {
        later(what, Duration.ZERO, task);
    }

    void later(String what, Duration delay, Runnable task) {
        try {
            Future<?> unused = thread.schedule(
                    () -> {
                        try {
                            task.run();
                        } catch (Throwable failed) {
                            // nothing reads the outcome of this future, so a failure that is not logged here is lost
                            LOG.error(
                                    "plugin task failed task=\"{}\" reason=\"{}\"", what, failed.getMessage(), failed);
                        }
                    },
                    delay.toMillis(),
                    TimeUnit.MILLISECONDS);
        } catch (RejectedExecutionException ended) {
            LOG.debug("plugin task skipped task=\"{}\" reason=\"server is shutting down\"", what);
        }
    }

    /** @throws SmoException that of the task, or {@code UNAVAILABLE} when it is not done in time */
    <T> T call(String what, Duration atMost, Callable<T> task) {
        Future<T> result;
        try {
            result = thread.submit(task);
        } catch (RejectedExecutionException ended) {
            throw unavailable(what + " is not done: the server is shutting down");
        }
        try {
            return result.get(atMost.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException late) {
            throw unavailable("%s is not done after %d s; it continues".formatted(what, atMost.toSeconds()));
        } catch (ExecutionException failed) {
            if (failed.getCause() instanceof SmoException known) {
                throw known;
            }
            throw new IllegalStateException(what + " failed: " + failed.getCause(), failed);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw unavailable(what + " was interrupted");
        }
    }

    boolean isThisThread() {
        return Thread.currentThread() == self;
    }

    private static SmoException unavailable(String message) {
        return SmoException.of(SmoException.Kind.UNAVAILABLE, "smo", message, Optional.empty());
    }

    /** Ends; a running task gets a moment. A task of its own calls this when this bundle replaces itself. */
    @Override
    public void close() {
        if (isThisThread()) {
            thread.shutdown();
            return;
        }
        // an interruption would break off what is being written
        thread.shutdown();
        try {
            if (thread.awaitTermination(LEAVE_SECONDS, TimeUnit.SECONDS)) {
                return;
            }
            thread.shutdownNow();
            if (!thread.awaitTermination(LEAVE_SECONDS, TimeUnit.SECONDS)) {
                LOG.warn("plugin change still running at shutdown; the next start rolls it back");
            }
        } catch (InterruptedException ended) {
            Thread.currentThread().interrupt();
        }
    }
}
