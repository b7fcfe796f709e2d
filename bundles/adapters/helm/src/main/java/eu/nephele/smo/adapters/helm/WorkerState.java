// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.adapters.helm;

import java.time.Duration;

/** State of the worker; memory is resident, -1 if not reported; starts are those since that of the adapter. */
record WorkerState(long pid, String version, long calls, int inFlight, int memoryMiB, Duration age, int starts) {}
