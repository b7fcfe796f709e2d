// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.testkit;

import java.time.Duration;
import java.util.function.Supplier;

/** Waits in a test for an effect of other threads or processes, and fails if the effect does not appear. */
public final class Await {

    /** Long enough for a busy machine; a correct test does not wait so long. */
    private static final Duration LIMIT = Duration.ofSeconds(60);

    private static final long LONGEST_PAUSE_MILLIS = 50;

    private Await() {}

    /** A condition; an exception ends the wait. */
    @FunctionalInterface
    public interface AwaitedCondition {
        boolean holds() throws Exception;
    }

    /**
     * Waits for at most 60 s.
     *
     * @param expected the effect, for the message of the failure
     * @throws AssertionError if the condition does not hold in time, throws a checked exception, or the thread is
     *     interrupted
     */
    public static void until(String expected, AwaitedCondition condition) {
        within(LIMIT, () -> expected, condition);
    }

    /**
     * Waits for at most 60 s.
     *
     * @param expected the effect and the observed state, read after the last look
     * @throws AssertionError if the condition does not hold in time, throws a checked exception, or the thread is
     *     interrupted
     */
    public static void until(Supplier<String> expected, AwaitedCondition condition) {
        within(LIMIT, expected, condition);
    }

    /**
     * @param limit longest wait
     * @param expected the effect and the observed state, read after the last look
     * @throws AssertionError if the condition does not hold in time, throws a checked exception, or the thread is
     *     interrupted
     */
    public static void within(Duration limit, Supplier<String> expected, AwaitedCondition condition) {
        long begin = System.nanoTime();
        while (!holds(condition, expected)) {
            long waitedNanos = System.nanoTime() - begin;
            if (waitedNanos > limit.toNanos()) {
                throw new AssertionError("Not within %s: %s".formatted(limit, expected.get()));
            }
            pause(waitedNanos, expected);
        }
    }

    private static boolean holds(AwaitedCondition condition, Supplier<String> expected) {
        try {
            return condition.holds();
        } catch (RuntimeException failed) {
            throw failed;
        } catch (Exception failed) {
            if (failed instanceof InterruptedException) {
                Thread.currentThread().interrupt();
            }
            throw new AssertionError("Failed while waiting: " + expected.get(), failed);
        }
    }

    /** A twentieth of the time waited so far, so that short waits stay short and long ones cost no processor time. */
    private static void pause(long waitedNanos, Supplier<String> expected) {
        try {
            Thread.sleep(Math.max(1, Math.min(LONGEST_PAUSE_MILLIS, waitedNanos / 20_000_000)));
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new AssertionError("Interrupted while waiting: " + expected.get(), interrupted);
        }
    }
}
