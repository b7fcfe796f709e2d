// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.engine;

import eu.nephele.smo.core.contract.work.Scheduler;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.PriorityQueue;

/** Runs everything on the thread that advances it, in a fixed order; time passes only when the test advances it. */
public final class VirtualScheduler implements Scheduler {

    /**
     * More than any test has to do at one moment: who goes on after that asks for more with every look, and never
     * rests.
     */
    private static final int MOST_AT_ONCE = 5_000;

    private record Due(Instant at, long number, Runnable task) {}

    private final Clock clock;
    private final Deque<Runnable> ready = new ArrayDeque<>();
    private final PriorityQueue<Due> later =
            new PriorityQueue<>(Comparator.comparing(Due::at).thenComparing(Due::number));
    private long numbers;

    public VirtualScheduler(Clock clock) {
        this.clock = clock;
    }

    @Override
    public synchronized void execute(Runnable task) {
        ready.add(task);
    }

    @Override
    public int threads() {
        return 1;
    }

    @Override
    public synchronized Timer after(Duration delay, Runnable task) {
        Due due = new Due(clock.instant().plus(delay), numbers++, task);
        later.add(due);
        return () -> later.remove(due);
    }

    /**
     * Runs what is ready or due now, and what that makes ready.
     *
     * @throws AssertionError what runs makes more ready without an end
     */
    public void runDue() {
        int ran = 0;
        for (Runnable task = next(); task != null; task = next()) {
            if (++ran > MOST_AT_ONCE) {
                throw new AssertionError("Does not come to rest at " + clock.instant());
            }
            task.run();
        }
    }

    /** Runs at most so many tasks of those that are ready or due. */
    public void runSome(int tasks) {
        for (int ran = 0; ran < tasks; ran++) {
            Runnable task = next();
            if (task == null) {
                return;
            }
            task.run();
        }
    }

    private synchronized Runnable next() {
        while (!later.isEmpty() && !later.peek().at().isAfter(clock.instant())) {
            ready.add(later.remove().task());
        }
        return ready.poll();
    }

    @Override
    public synchronized void close() {
        ready.clear();
        later.clear();
    }
}
