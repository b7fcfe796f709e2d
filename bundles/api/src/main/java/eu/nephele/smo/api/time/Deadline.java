// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.api.time;

import java.util.concurrent.TimeUnit;

/**
 * The end of what a call may use: it has passed when the budget is used up, and at the latest by the wall-clock limit, because
 * what hangs in the operating system uses nothing.
 *
 * <p>Nobody can use more time than passes. So only the clock is read until as much time has passed as the budget allows; then it is
 * asked what was used, and the end moves out by what is left.
 */
public final class Deadline {
    private static final long LEAST_WALL_MILLIS = 2_000;
    private static final long WALL_PER_BUDGET = 10;

    /** Least interval between two readings of the used time. */
    private static final long STEP_NANOS = TimeUnit.MILLISECONDS.toNanos(1);

    private final UsedTime used;
    private final long usedBefore;
    private final long elapsedBefore;
    private final long budgetNanos;
    private final long wallNanos;

    /** So long after the beginning the budget cannot be used up yet. */
    private volatile long notBeforeNanos;

    private volatile boolean over;

    private Deadline(UsedTime used, long usedBefore, long elapsedBefore, long budgetMillis, long wallMillis) {
        this.used = used;
        this.usedBefore = usedBefore;
        this.elapsedBefore = elapsedBefore;
        this.budgetNanos = TimeUnit.MILLISECONDS.toNanos(budgetMillis);
        this.wallNanos = TimeUnit.MILLISECONDS.toNanos(wallMillis);
        this.notBeforeNanos = budgetNanos;
    }

    /**
     * Counted from the beginning of the call.
     *
     * @param budgetMillis what it may use
     * @param wallMillis when it is over whatever was used
     */
    public static Deadline of(UsedTime used, long budgetMillis, long wallMillis) {
        return new Deadline(used, 0, 0, budgetMillis, wallMillis);
    }

    /** Counted from now on, within a call that goes on; the wall-clock limit is that of the budget. */
    public static Deadline fromNow(UsedTime used, long budgetMillis) {
        return new Deadline(used, used.nanos(), used.elapsedNanos(), budgetMillis, wallMillis(budgetMillis));
    }

    /**
     * A part of what is left, counted from now on; to be asked by the thread of the call. It ends no later than this one.
     *
     * @param budgetMillis what may be used of it
     */
    public Deadline within(long budgetMillis) {
        long usedNow = used.nanos();
        long elapsedNow = used.elapsedNanos();
        long usedLeft = TimeUnit.NANOSECONDS.toMillis(Math.max(0, budgetNanos - (usedNow - usedBefore)));
        long wallLeft = TimeUnit.NANOSECONDS.toMillis(Math.max(0, wallNanos - (elapsedNow - elapsedBefore)));
        return new Deadline(used, usedNow, elapsedNow, Math.min(budgetMillis, usedLeft), wallLeft);
    }

    /** The wall-clock limit of a budget: ten times as long, and never less than 2 s. */
    public static long wallMillis(long budgetMillis) {
        return budgetMillis > Long.MAX_VALUE / WALL_PER_BUDGET
                ? Long.MAX_VALUE
                : Math.max(LEAST_WALL_MILLIS, WALL_PER_BUDGET * budgetMillis);
    }

    /** Returns the time left until the deadline at the earliest, 0 after it. A busy machine may leave more, never less. */
    public long remainingNanos() {
        if (over) {
            return 0;
        }
        long elapsed = used.elapsedNanos() - elapsedBefore;
        long left = notBeforeNanos - elapsed;
        if (left <= 0) {
            left = budgetNanos - (used.nanos() - usedBefore);
            notBeforeNanos = elapsed + Math.max(left, STEP_NANOS);
        }
        left = Math.min(left, wallNanos - elapsed);
        over = left <= 0;
        return Math.max(0, left);
    }

    /** As {@link #remainingNanos()}, in milliseconds, rounded up: 0 only when it has passed, and from then on. */
    public long remainingMillis() {
        long nanos = remainingNanos();
        long millis = TimeUnit.NANOSECONDS.toMillis(nanos);
        return TimeUnit.MILLISECONDS.toNanos(millis) < nanos ? millis + 1 : millis;
    }

    /** Returns whether the call is to end. */
    public boolean passed() {
        return remainingNanos() == 0;
    }

    /** Returns whether the budget is used up; when it is not and the deadline has passed, the wall-clock limit has ended it. */
    public boolean isUsedUp() {
        return used.nanos() - usedBefore >= budgetNanos;
    }
}
