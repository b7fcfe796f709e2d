// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.adapters.docker.server;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * Threads for all servers: some tasks at once, whatever the number of servers. A task that takes long does not count
 * any more, so that servers that hang delay no other; what one server can hold is limited by its lanes.
 */
public final class ServerThreads implements Executor, AutoCloseable {

    private static final long QUICK_NANOS = TimeUnit.MILLISECONDS.toNanos(500);
    private static final long IDLE_SECONDS = 10;

    private final int atOnce;
    private final ThreadPoolExecutor threads = new ThreadPoolExecutor(
            0, Integer.MAX_VALUE, IDLE_SECONDS, TimeUnit.SECONDS, new SynchronousQueue<>(), task -> {
                Thread thread = new Thread(task, "docker-server");
                thread.setDaemon(true);
                return thread;
            });

    /** In the order in which they came; a lane has no more here than it may run at once. */
    private final Deque<Runnable> waiting = new ArrayDeque<>();

    /** Those that run; each leaves with its end. */
    private final Set<RunningTask> running = new HashSet<>();

    private boolean closed;

    /** @param atOnce most quick tasks at the same time */
    public ServerThreads(int atOnce) {
        this.atOnce = atOnce;
    }

    /** Equal only to itself. */
    private static final class RunningTask {

        private final Runnable task;
        private final long begunNanos = System.nanoTime();

        RunningTask(Runnable task) {
            this.task = task;
        }

        boolean isQuick(long nowNanos) {
            return nowNanos - begunNanos < QUICK_NANOS;
        }
    }

    /** @throws RejectedExecutionException when it is closed */
    @Override
    public void execute(Runnable task) {
        synchronized (this) {
            if (closed) {
                throw new RejectedExecutionException("the servers are not looked after any more");
            }
            waiting.add(task);
        }
        tick();
    }

    /** Begins what may begin; to be called now and then, since time alone lets more begin. */
    public void tick() {
        for (Optional<RunningTask> next = next(); next.isPresent(); next = next()) {
            RunningTask begun = next.get();
            threads.execute(() -> run(begun));
        }
    }

    private synchronized Optional<RunningTask> next() {
        if (closed || waiting.isEmpty()) {
            return Optional.empty();
        }
        long now = System.nanoTime();
        if (running.stream().filter(task -> task.isQuick(now)).count() >= atOnce) {
            return Optional.empty();
        }
        RunningTask begun = new RunningTask(waiting.remove());
        running.add(begun);
        return Optional.of(begun);
    }

    private void run(RunningTask begun) {
        try {
            begun.task.run();
        } finally {
            ended(begun);
            tick();
        }
    }

    private synchronized void ended(RunningTask over) {
        running.remove(over);
    }

    /** @param atOnce most tasks of the lane at the same time */
    public TaskLane lane(int atOnce) {
        return new TaskLane(this, atOnce);
    }

    @Override
    public void close() {
        synchronized (this) {
            closed = true;
            waiting.clear();
        }
        threads.shutdownNow();
    }
}
