// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.scaling.profiler;

import java.time.Instant;

/**
 * Capacity as one sample shows it.
 *
 * @param replicas that were ready
 * @param perSecond requests per second that they could serve at most
 */
public record CapacityObservation(Instant at, int replicas, double perSecond, Evidence evidence) {}
