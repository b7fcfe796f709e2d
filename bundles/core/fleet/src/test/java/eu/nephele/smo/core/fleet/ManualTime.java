// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.fleet;

import eu.nephele.smo.core.contract.work.Scheduler;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Comparator;
import java.util.PriorityQueue;

/** A wall clock and timers that pass time only when a test says so; the clock can be set without time passing. */
final class ManualTime implements Scheduler {

    private record Due(Duration at, long number, Runnable task) {}

    private final PriorityQueue<Due> later =
            new PriorityQueue<>(Comparator.comparing(Due::at).thenComparing(Due::number));
    private Instant wall;
    private Duration passed = Duration.ZERO;
    private long numbers;
    private int failures;

    ManualTime(Instant start) {
        this.wall = start;
    }

    Clock clock() {
        return new Clock() {
            @Override
            public ZoneId getZone() {
                return ZoneOffset.UTC;
            }

            @Override
            public Clock withZone(ZoneId zone) {
                throw new UnsupportedOperationException("Only instants are asked for");
            }

            @Override
            public Instant instant() {
                return wall;
            }
        };
    }

    /** Sets the clock; timers do not notice. */
    void set(Instant to) {
        wall = to;
    }

    /** Tasks that have thrown. */
    int failures() {
        return failures;
    }

    void advanceTo(Instant to) {
        advance(Duration.between(wall, to));
    }

    /** Time passes: what becomes due runs at its time. A task that throws is borne, as by threads. */
    void advance(Duration by) {
        Duration end = passed.plus(by);
        while (!later.isEmpty() && later.peek().at().compareTo(end) <= 0) {
            Due due = later.remove();
            pass(due.at());
            try {
                due.task().run();
            } catch (IllegalStateException borne) {
                failures++;
            }
        }
        pass(end);
    }

    private void pass(Duration until) {
        if (until.compareTo(passed) > 0) {
            wall = wall.plus(until.minus(passed));
            passed = until;
        }
    }

    @Override
    public void execute(Runnable task) {
        after(Duration.ZERO, task);
    }

    @Override
    public int threads() {
        return 1;
    }

    @Override
    public Timer after(Duration delay, Runnable task) {
        Due due = new Due(passed.plus(delay), numbers++, task);
        later.add(due);
        return () -> later.remove(due);
    }

    @Override
    public void close() {
        later.clear();
    }
}
