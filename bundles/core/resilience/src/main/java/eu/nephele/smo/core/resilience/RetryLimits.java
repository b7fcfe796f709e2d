// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.resilience;

import java.time.Duration;

/**
 * @param attempts at most, the first one included
 * @param firstDelay before the second attempt; doubles with each further one
 * @param maxDelay longest delay, also when the system asks for one
 * @param jitter share of the delay by which it is longer or shorter by chance, 0 to 1
 * @param budget after which no further attempt begins
 */
record RetryLimits(int attempts, Duration firstDelay, Duration maxDelay, double jitter, Duration budget) {}
