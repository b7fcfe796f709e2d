// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.resilience;

import java.time.Duration;

/**
 * @param timeout after which an attempt is interrupted
 * @param maxConcurrent calls to it at once, over all ports and callers
 * @param maxWait how long a call waits for a permit
 * @param stale maximal age of the last good answer
 */
record GuardLimits(
        RetryLimits repetition,
        Duration timeout,
        CircuitLimits circuit,
        int maxConcurrent,
        Duration maxWait,
        Duration stale) {}
