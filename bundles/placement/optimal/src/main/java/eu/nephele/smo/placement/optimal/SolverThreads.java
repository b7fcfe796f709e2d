// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.placement.optimal;

import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;

/**
 * Threads for a solver that exceeds its time limit. An abandoned thread counts until it ends, so that there are
 * never more than the configured number.
 */
final class SolverThreads implements AutoCloseable {

    private final Semaphore permits;
    private final Set<Thread> running = ConcurrentHashMap.newKeySet();

    SolverThreads(int most) {
        this.permits = new Semaphore(most);
    }

    /** @return the thread that runs it, empty if all are busy */
    Optional<Thread> start(Runnable work) {
        if (!permits.tryAcquire()) {
            return Optional.empty();
        }
        Thread thread = new Thread(() -> runAndRelease(work), "smo-placement-solver");
        thread.setDaemon(true);
        thread.setContextClassLoader(SolverThreads.class.getClassLoader());
        running.add(thread);
        thread.start();
        return Optional.of(thread);
    }

    private void runAndRelease(Runnable work) {
        try {
            work.run();
        } finally {
            running.remove(Thread.currentThread());
            permits.release();
        }
    }

    @Override
    public void close() {
        running.forEach(Thread::interrupt);
    }
}
