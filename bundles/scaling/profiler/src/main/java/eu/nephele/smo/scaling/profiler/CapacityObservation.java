// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.scaling.profiler;

import java.time.Instant;

/**
 * Capacity as one sample shows it.
 *
 * @param replicas that were ready
 * @param perSecond requests per second that they could serve at most
 * @param utilisation of the processor that this is inferred from; NaN where it is not
 */
public record CapacityObservation(
        Instant at, int replicas, double perSecond, double utilisation, LoadEvidence evidence) {}
