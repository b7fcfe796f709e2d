// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.plugins.life;

import eu.nephele.smo.core.contract.plugin.PluginThreads;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.osgi.framework.Bundle;

/** Calls foreign code on a thread that can be given up, so that a plugin which never returns does not stop all others. */
final class Bounded {

    private Bounded() {}

    /**
     * @param what for the message: {@code its start}
     * @param bundle whose code it is
     * @throws StartFailure when it throws, or does not return in time; it is interrupted then
     */
    static <T> T call(String what, Bundle bundle, Duration limit, Callable<T> call) throws StartFailure {
        FutureTask<T> task = new FutureTask<>(call);
        Thread thread = new Thread(PluginThreads.group(bundle.getBundleId()), task, "smo-plugin-call");
        thread.setDaemon(true);
        thread.setContextClassLoader(ClassLoader.getSystemClassLoader());
        thread.start();
        try {
            return task.get(limit.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException late) {
            task.cancel(true);
            throw new StartFailure("%s did not end within %d ms".formatted(what, limit.toMillis()));
        } catch (ExecutionException thrown) {
            Throwable cause = thrown.getCause();
            throw failure(what, cause == null ? thrown : cause);
        } catch (InterruptedException ended) {
            task.cancel(true);
            // the interruption is answered by going back, which has to write files
            throw new StartFailure(what + " was given up: the server ends");
        }
    }

    private static StartFailure failure(String what, Throwable thrown) {
        if (thrown instanceof StartFailure known) {
            return known;
        }
        StartFailure failure = new StartFailure("%s failed: %s".formatted(what, root(thrown)));
        failure.initCause(thrown);
        return failure;
    }

    /** What is at the bottom of it, for people. */
    static String root(Throwable thrown) {
        Throwable deepest = thrown;
        for (int depth = 0; depth < 20 && deepest.getCause() != null; depth++) {
            deepest = deepest.getCause();
        }
        return deepest == thrown ? thrown.toString() : thrown.getMessage() + ": " + deepest;
    }
}
