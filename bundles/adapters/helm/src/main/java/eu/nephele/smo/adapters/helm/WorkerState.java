// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.adapters.helm;

import java.time.Duration;

/**
 * The worker as it is, for health and figures.
 *
 * @param version of Helm in it
 * @param calls that it was asked for
 * @param memoryMiB resident; -1 where the system does not tell
 * @param starts of workers since the adapter was started
 */
record WorkerState(long pid, String version, long calls, int inFlight, int memoryMiB, Duration age, int starts) {}
