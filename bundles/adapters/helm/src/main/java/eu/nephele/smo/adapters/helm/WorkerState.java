// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.adapters.helm;

import java.time.Duration;

/**
 * State of the worker, for health and metrics.
 *
 * @param memoryMiB resident memory; -1 if the system does not report it
 * @param starts number of started workers since the start of the adapter
 */
record WorkerState(long pid, String version, long calls, int inFlight, int memoryMiB, Duration age, int starts) {}
