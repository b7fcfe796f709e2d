// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.testbed;

import eu.nephele.smo.lab.testbed.players.PlayedDelays;
import java.time.Duration;
import java.util.concurrent.Callable;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;

/** Assertions that hold after a while. */
public final class Eventually {

    /** Longer than any wait of a test, at the pace of this run. */
    private static final Duration LIMIT =
            Duration.ofSeconds(30 + PlayedDelays.ofTests().notReady() * 10 / 1_000);

    private Eventually() {}

    /** Retries an assertion until it holds; reports the last failure. */
    public static void holds(ThrowingCallable assertion) throws Throwable {
        long end = System.nanoTime() + LIMIT.toNanos();
        while (true) {
            try {
                assertion.call();
                return;
            } catch (Exception | AssertionError notYet) {
                if (System.nanoTime() > end) {
                    throw notYet;
                }
                Thread.sleep(50);
            }
        }
    }

    /** Measures the time until a condition holds. */
    public static Duration after(Callable<Boolean> truth) throws Exception {
        long start = System.nanoTime();
        while (!truth.call()) {
            if (System.nanoTime() - start > LIMIT.toNanos()) {
                throw new AssertionError("Not true after " + LIMIT);
            }
            Thread.sleep(20);
        }
        return Duration.ofNanos(System.nanoTime() - start);
    }
}
