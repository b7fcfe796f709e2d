// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.adapters.docker.server;

import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** Pools whose threads end while there is nothing to do: of a hundred servers few are busy at once. */
public final class IdleThreads {

    private static final long IDLE_SECONDS = 10;

    private IdleThreads() {}

    /** @param threads at most so many at once */
    public static ThreadPoolExecutor pool(String name, int threads) {
        ThreadPoolExecutor pool = new ThreadPoolExecutor(
                threads, threads, IDLE_SECONDS, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), task -> {
                    Thread thread = new Thread(task, name);
                    thread.setDaemon(true);
                    return thread;
                });
        pool.allowCoreThreadTimeOut(true);
        return pool;
    }
}
