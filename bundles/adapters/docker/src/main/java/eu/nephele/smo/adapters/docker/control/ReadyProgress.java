// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.adapters.docker.control;

import java.time.Duration;

/**
 * Whether a roll-out gets anywhere.
 *
 * @param subject what is rolled out; another one begins anew
 * @param ready most replicas of it that were ready
 * @param atNanos when that number rose last
 */
record ReadyProgress(String subject, long ready, long atNanos) {

    static ReadyProgress none() {
        return new ReadyProgress("", 0, System.nanoTime());
    }

    ReadyProgress seen(String now, long readyNow) {
        return subject.equals(now) && readyNow <= ready ? this : new ReadyProgress(now, readyNow, System.nanoTime());
    }

    /** The same, as if it had just begun. */
    ReadyProgress anew() {
        return new ReadyProgress(subject, 0, System.nanoTime());
    }

    boolean isStuck(Duration longest) {
        return System.nanoTime() - atNanos >= longest.toNanos();
    }
}
