// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.itests;

import java.util.concurrent.TimeUnit;
import org.assertj.core.api.ThrowingConsumer;

/** Waits for what a server of another process will have done: looks again until the assertions hold or the time is over. */
final class Eventually {

    private static final long PAUSE_MILLIS = 200;

    private Eventually() {}

    interface Look<T> {
        T at() throws Exception;
    }

    /**
     * @param limitSeconds generous, for machines that are busy
     * @return what was seen when the assertions held
     */
    static <T> T within(long limitSeconds, Look<T> look, ThrowingConsumer<T> assertions) throws Exception {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(limitSeconds);
        while (true) {
            T seen = look.at();
            try {
                assertions.accept(seen);
                return seen;
            } catch (AssertionError notYet) {
                if (System.nanoTime() > end) {
                    throw new AssertionError("Not within " + limitSeconds + " s: " + notYet.getMessage(), notYet);
                }
            }
            Thread.sleep(PAUSE_MILLIS);
        }
    }
}
