// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.plugins.life;

import eu.nephele.smo.api.time.Deadline;
import eu.nephele.smo.api.time.UsedTime;
import eu.nephele.smo.core.contract.plugin.PluginThreads;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.osgi.framework.Bundle;

/** Calls foreign code on a thread that can be given up, so that a plugin which never returns does not stop all others. */
final class TimeLimitedCall {

    private static final long LOOK_EVERY_MILLIS = 20;

    private TimeLimitedCall() {}

    /**
     * @param what for the message: {@code its start}
     * @param limit of its used time: a process that stands still or has no core uses nothing
     * @throws PluginStartException when it throws, or does not return in time; it is interrupted then
     */
    static <T> T call(String what, Bundle bundle, Duration limit, Callable<T> call) throws PluginStartException {
        UsedTime used = new UsedTime();
        FutureTask<T> task = new FutureTask<>(() -> {
            used.begin();
            return call.call();
        });
        Thread thread = new Thread(PluginThreads.group(bundle.getBundleId()), task, "smo-plugin-call");
        thread.setDaemon(true);
        thread.setContextClassLoader(ClassLoader.getSystemClassLoader());
        thread.start();
        try {
            return answer(task, used, limit);
        } catch (TimeoutException late) {
            throw new PluginStartException(
                    "%s did not end within %d ms: %s".formatted(what, limit.toMillis(), used.text()));
        } catch (ExecutionException thrown) {
            Throwable cause = thrown.getCause();
            throw failure(what, cause == null ? thrown : cause);
        } catch (InterruptedException ended) {
            task.cancel(true);
            // the interruption is answered by going back, which has to write files
            throw new PluginStartException(what + " was interrupted: the server is shutting down");
        }
    }

    private static <T> T answer(FutureTask<T> task, UsedTime used, Duration limit)
            throws InterruptedException, ExecutionException, TimeoutException {
        Deadline deadline = Deadline.of(used, limit.toMillis(), Deadline.wallMillis(limit.toMillis()));
        while (true) {
            try {
                return task.get(LOOK_EVERY_MILLIS, TimeUnit.MILLISECONDS);
            } catch (TimeoutException e) {
                used.look();
                if (deadline.passed() && task.cancel(true)) {
                    throw e;
                }
            }
        }
    }

    private static PluginStartException failure(String what, Throwable thrown) {
        if (thrown instanceof PluginStartException known) {
            return known;
        }
        PluginStartException failure = new PluginStartException("%s failed: %s".formatted(what, root(thrown)));
        failure.initCause(thrown);
        return failure;
    }

    static String root(Throwable thrown) {
        Throwable deepest = thrown;
        for (int depth = 0; depth < 20 && deepest.getCause() != null; depth++) {
            deepest = deepest.getCause();
        }
        return deepest == thrown ? thrown.toString() : thrown.getMessage() + ": " + deepest;
    }
}
