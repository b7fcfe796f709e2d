// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.strategies.guard;

import eu.nephele.smo.core.contract.plugin.PluginThreads;
import eu.nephele.smo.core.strategies.registry.Origin;
import eu.nephele.smo.core.strategies.registry.RegisteredService;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Threads for guarded calls, in a group per bundle, by which the threads are known that a call starts. The permits of the guard
 * bound the calls, and an abandoned thread gives its permit back, so the threads need no bound of their own.
 */
final class StrategyThreads implements AutoCloseable {
    private static final int KEEP_SECONDS = 10;

    private final AtomicInteger number = new AtomicInteger();

    /** By bundle; guarded by this. */
    private final Map<String, Pool> pools = new HashMap<>();

    private boolean closed;

    private record Pool(ThreadGroup group, ThreadPoolExecutor threads) {}

    /** One of ours: it runs calls, and was not started by one. */
    private static final class CallThread extends Thread {
        CallThread(ThreadGroup group, Runnable task, String name) {
            super(group, task, name);
            setDaemon(true);
        }
    }

    private Pool newPool(String bundle) {
        ThreadGroup group = PluginThreads.group(bundle);
        return new Pool(
                group,
                new ThreadPoolExecutor(
                        0,
                        Integer.MAX_VALUE,
                        KEEP_SECONDS,
                        TimeUnit.SECONDS,
                        new SynchronousQueue<>(),
                        task -> new CallThread(group, task, "smo-strategy-" + number.incrementAndGet())));
    }

    /** @throws RejectedExecutionException after the end */
    synchronized void execute(RegisteredService registeredService, Runnable call) {
        if (closed) {
            throw new RejectedExecutionException("closed");
        }
        pools.computeIfAbsent(bundle(registeredService), this::newPool)
                .threads()
                .execute(call);
    }

    int startedBy(RegisteredService registeredService, int atLeast) {
        ThreadGroup group = group(registeredService);
        // counting all is cheap, attributing them is not
        return group.activeCount() < atLeast ? 0 : started(group).size();
    }

    int interruptStartedBy(RegisteredService registeredService) {
        List<Thread> started = started(group(registeredService));
        started.forEach(Thread::interrupt);
        return started.size();
    }

    private ThreadGroup group(RegisteredService registeredService) {
        String bundle = bundle(registeredService);
        synchronized (this) {
            Pool pool = pools.get(bundle);
            if (pool != null) {
                return pool.group();
            }
        }
        return PluginThreads.group(bundle);
    }

    private static List<Thread> started(ThreadGroup group) {
        return PluginThreads.list(group).stream()
                .filter(thread -> !(thread instanceof CallThread))
                .toList();
    }

    /**
     * Services were unregistered. Their thread-local variables retain their class loader: new calls get new threads.
     */
    synchronized void renew() {
        pools.values().forEach(pool -> pool.threads().shutdown());
        pools.clear();
    }

    @Override
    public synchronized void close() {
        closed = true;
        pools.values().forEach(pool -> pool.threads().shutdownNow());
    }

    private static String bundle(RegisteredService registeredService) {
        Origin origin = registeredService.description().origin();
        // a program that brings its services itself has no bundles: each of them is one
        return origin.content().isEmpty()
                ? origin.bundle() + "/" + registeredService.who()
                : origin.content().split("/", 2)[0];
    }
}
