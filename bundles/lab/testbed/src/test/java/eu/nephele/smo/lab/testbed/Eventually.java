// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.testbed;

import eu.nephele.smo.lab.testbed.players.PlayedDelays;
import eu.nephele.smo.lab.testkit.Await;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicReference;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;

/** Assertions that hold after a while. */
public final class Eventually {

    /** Longer than any wait of a test, at the pace of this run. */
    private static final Duration LIMIT =
            Duration.ofSeconds(30 + PlayedDelays.ofTests().notReady() * 10 / 1_000);

    private Eventually() {}

    /** Retries an assertion until it holds; reports the last failure. */
    public static void holds(ThrowingCallable assertion) {
        AtomicReference<Throwable> last = new AtomicReference<>();
        Await.within(LIMIT, () -> "the assertions hold; the last failure is " + last, () -> {
            try {
                assertion.call();
                return true;
            } catch (Throwable notYet) {
                last.set(notYet);
                return false;
            }
        });
    }

    /** Measures the time until a condition holds. */
    public static Duration after(Callable<Boolean> truth) {
        long start = System.nanoTime();
        Await.within(LIMIT, () -> "the condition holds", truth);
        return Duration.ofNanos(System.nanoTime() - start);
    }
}
