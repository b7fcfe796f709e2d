// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.remote.world;

import java.util.Random;

/** Gives calls a random duration, so that a caller that dies while calling dies in the middle of a call. */
final class RandomLatency {

    private final int atMostMillis;
    private final Random random;

    /** @param atMostMillis of one call, 0 for none */
    RandomLatency(int atMostMillis, long seed) {
        this.atMostMillis = atMostMillis;
        this.random = new Random(seed);
    }

    /** Half of the duration of a call: one half passes before its effect, the other after. */
    void passHalf() {
        int millis = atMostMillis == 0 ? 0 : next();
        if (millis > 0) {
            try {
                Thread.sleep(millis);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private synchronized int next() {
        return random.nextInt(atMostMillis / 2 + 1);
    }
}
