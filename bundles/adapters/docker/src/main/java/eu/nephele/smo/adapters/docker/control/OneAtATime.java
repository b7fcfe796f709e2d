// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.adapters.docker.control;

import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs a task when asked, never twice at the same time: a request during a run is answered by one more run after it.
 */
final class OneAtATime {

    private static final Logger LOG = LoggerFactory.getLogger(OneAtATime.class);

    private final Executor executor;
    private final Runnable task;
    private boolean running;
    private boolean again;

    OneAtATime(Executor executor, Runnable task) {
        this.executor = executor;
        this.task = task;
    }

    void request() {
        synchronized (this) {
            if (running) {
                again = true;
                return;
            }
            running = true;
        }
        submit();
    }

    private void submit() {
        boolean taken = false;
        try {
            executor.execute(this::run);
            taken = true;
        } catch (RejectedExecutionException ending) {
            LOG.debug("nothing is run any more", ending);
        } finally {
            if (!taken) {
                end();
            }
        }
    }

    private void run() {
        try {
            task.run();
        } finally {
            if (isWantedAgain()) {
                submit();
            }
        }
    }

    private synchronized boolean isWantedAgain() {
        running = again;
        again = false;
        return running;
    }

    private synchronized void end() {
        running = false;
        again = false;
    }
}
