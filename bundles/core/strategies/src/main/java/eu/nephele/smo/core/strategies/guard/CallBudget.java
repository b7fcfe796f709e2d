// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.strategies.guard;

import eu.nephele.smo.api.time.Deadline;
import eu.nephele.smo.api.time.UsedTime;

/**
 * The time of one guarded call: used time, the deadline that the call sees, and a little later the end of its caller's
 * wait. The wall-clock limit includes that grace.
 */
final class CallBudget {
    /** An interrupted call that uses so much more, or hangs ten times as long, does not end. */
    private static final long PATIENCE_MILLIS = 600;

    private final long budgetMillis;
    private final long wallMillis;
    private final UsedTime used;
    private final Deadline told;
    private final Deadline end;
    private final StarvationDetector starvation;

    CallBudget(long budgetMillis, long graceMillis, UsedTime used, StarvationDetector starvation) {
        this.budgetMillis = budgetMillis;
        this.wallMillis = Math.max(Deadline.wallMillis(budgetMillis), budgetMillis + graceMillis);
        this.used = used;
        this.told = Deadline.of(used, budgetMillis, wallMillis - graceMillis);
        this.end = Deadline.of(used, budgetMillis + graceMillis, wallMillis);
        this.starvation = starvation;
    }

    /** Counts from now on for the calling thread. */
    void begin() {
        used.begin();
    }

    void check() {
        used.look();
    }

    Deadline deadline() {
        return told;
    }

    long untilEndNanos() {
        return end.remainingNanos();
    }

    boolean isOver() {
        return end.passed();
    }

    Deadline patience() {
        return Deadline.fromNow(used, PATIENCE_MILLIS);
    }

    /** Returns whether the wall-clock limit has ended it although it wanted to run. */
    boolean isStarved(Thread.State state) {
        return !end.isUsedUp()
                && used.isMeasured()
                && starvation.explains(state, used.ranNanos(), used.stalledNanos(), used.elapsedNanos());
    }

    String text() {
        return end.isUsedUp()
                ? "no answer within its budget of %d ms: %s".formatted(budgetMillis, used.text())
                : "no answer within %d ms of wall-clock time: %s of its budget of %d ms"
                        .formatted(wallMillis, used.text(), budgetMillis);
    }
}
