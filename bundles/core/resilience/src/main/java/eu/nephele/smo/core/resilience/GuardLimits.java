// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.resilience;

import java.time.Duration;

/**
 * Limits of one outside system.
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
        Duration stale) {}
