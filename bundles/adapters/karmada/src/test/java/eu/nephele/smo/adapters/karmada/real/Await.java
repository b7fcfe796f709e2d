// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.adapters.karmada.real;

import java.time.Duration;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;

/** Waits until something holds. */
final class Await {

    private Await() {}

    static void until(Duration timeout, ThrowingCallable assertion) throws InterruptedException {
        long end = System.nanoTime() + timeout.toNanos();
        while (true) {
            try {
                assertion.call();
                return;
            } catch (Throwable notYet) {
                if (System.nanoTime() > end) {
                    throw new AssertionError("Not within " + timeout + ": " + notYet.getMessage(), notYet);
                }
            }
            Thread.sleep(50);
        }
    }
}
