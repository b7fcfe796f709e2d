// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.resilience;

import java.time.Duration;

/**
 * What one outside system is granted.
 *
 * @param repetition how calls are repeated
 * @param timeout after which an attempt is interrupted
 * @param circuit when the system is left alone, and for how long
 * @param maxConcurrent calls that are in it at once, over all ports and callers
 * @param maxWait how long a call waits for its turn
 * @param stale how old last good data may be
 */
record GuardLimits(
        RetryLimits repetition,
        Duration timeout,
        CircuitLimits circuit,
        int maxConcurrent,
        Duration maxWait,
        Duration stale) {

    /**
     * @param attempts at most, the first one included
     * @param firstDelay before the second attempt; doubles with each further one
     * @param maxDelay longest delay, also when the system asks for one
     * @param jitter share of the delay by which it is longer or shorter by chance, 0 to 1
     * @param budget after which no further attempt begins
     */
    record RetryLimits(int attempts, Duration firstDelay, Duration maxDelay, double jitter, Duration budget) {}

    /**
     * @param failures as many failures …
     * @param of … among the last so many calls shut the system
     * @param open how long it is left alone then
     */
    record CircuitLimits(int failures, int of, Duration open) {}
}
