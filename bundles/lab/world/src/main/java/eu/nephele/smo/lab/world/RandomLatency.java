// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.world;

import java.util.Random;

/** Makes calls last a random time, so that whoever dies while calling dies in the middle of a call. */
final class RandomLatency {

    private final int atMostMillis;
    private final Random random;

    /** @param atMostMillis of one call, 0 for none */
    RandomLatency(int atMostMillis, long seed) {
        this.atMostMillis = atMostMillis;
        this.random = new Random(seed);
    }

    /** A part of a call: half of it comes before its effect, half after. */
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
