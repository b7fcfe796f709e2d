// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.adapters.docker.server;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;

/** Tasks of one kind for one server: so many at the same time, the others in the order in which they came. */
public final class TaskLane implements Executor, AutoCloseable {

    private final Executor threads;
    private final int atOnce;

    /** Tasks that wait for their turn; {@link #close} drops them. */
    private final Deque<Runnable> waiting = new ArrayDeque<>();

    /** Threads that are at a task; no more than {@link #atOnce}. */
    private final Set<Thread> busy = new HashSet<>();

    private int begun;
    private boolean closed;

    TaskLane(Executor threads, int atOnce) {
        this.threads = threads;
        this.atOnce = atOnce;
    }

    /** @throws RejectedExecutionException when it is closed */
    @Override
    public void execute(Runnable task) {
        synchronized (this) {
            if (closed) {
                throw new RejectedExecutionException("the lane is closed");
            }
            if (begun == atOnce) {
                waiting.add(task);
                return;
            }
            begun++;
        }
        begin(task);
    }

    private void begin(Runnable task) {
        threads.execute(() -> run(task));
    }

    private void run(Runnable task) {
        if (enter()) {
            try {
                task.run();
            } finally {
                leave();
            }
        }
    }

    private synchronized boolean enter() {
        if (!closed) {
            busy.add(Thread.currentThread());
        }
        return !closed;
    }

    private void leave() {
        Runnable next;
        synchronized (this) {
            busy.remove(Thread.currentThread());
            next = waiting.poll();
            if (next == null) {
                begun--;
            }
        }
        // one that was meant for the task that is over
        Thread.interrupted();
        if (next != null) {
            begin(next);
        }
    }

    /** Takes no more tasks and interrupts those that run; returns those that never began. */
    public synchronized List<Runnable> shutDown() {
        closed = true;
        busy.forEach(Thread::interrupt);
        List<Runnable> never = List.copyOf(waiting);
        waiting.clear();
        return never;
    }

    @Override
    public void close() {
        shutDown();
    }
}
