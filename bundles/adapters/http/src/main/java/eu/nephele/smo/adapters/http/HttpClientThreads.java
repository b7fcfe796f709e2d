// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.adapters.http;

import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

/** Threads for the transfers of one system; idle ones end, and none of them keeps the class loader of a plugin. */
final class HttpClientThreads {

    private static final int IDLE_SECONDS = 10;

    private final ExecutorService threads;

    HttpClientThreads(String system) {
        AtomicInteger number = new AtomicInteger();
        // one per call, whose number the engine limits: a hanging name look-up blocks no other
        // call
        threads = new ThreadPoolExecutor(
                0, Integer.MAX_VALUE, IDLE_SECONDS, TimeUnit.SECONDS, new SynchronousQueue<>(), task -> {
                    Thread thread = new Thread(task, "smo-http-%s-%d".formatted(system, number.incrementAndGet()));
                    thread.setContextClassLoader(ClassLoader.getSystemClassLoader());
                    thread.setDaemon(true);
                    return thread;
                });
    }

    Executor executor() {
        return threads;
    }

    /** Runs code whose threads inherit the context class loader of the current thread. */
    static <T> T outsideOfPlugins(Supplier<T> making) {
        Thread thread = Thread.currentThread();
        ClassLoader callers = thread.getContextClassLoader();
        thread.setContextClassLoader(ClassLoader.getSystemClassLoader());
        try {
            return making.get();
        } finally {
            thread.setContextClassLoader(callers);
        }
    }

    void close() {
        threads.shutdownNow();
    }
}
