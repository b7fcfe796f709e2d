// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.scaling.profiler;

import java.time.Instant;

/**
 * What was measured of one service at one moment, the total over all its replicas. What is not known is NaN.
 *
 * @param at end of the window over which the rates were taken
 * @param replicas replicas that were ready
 * @param handledPerSecond requests per second that were answered
 * @param utilisation processor time in use divided by the limit of all replicas, 0 to 1
 * @param latencySeconds how long an answer took, the median or a higher quantile, always the same one
 * @param offeredPerSecond requests per second that arrived
 */
public record ProfileSample(
        Instant at,
        int replicas,
        double handledPerSecond,
        double utilisation,
        double latencySeconds,
        double offeredPerSecond) {

    /** Nothing is known but replicas and rate. */
    public static ProfileSample of(Instant at, int replicas, double handledPerSecond) {
        return new ProfileSample(at, replicas, handledPerSecond, Double.NaN, Double.NaN, Double.NaN);
    }

    public ProfileSample withUtilisation(double known) {
        return new ProfileSample(at, replicas, handledPerSecond, known, latencySeconds, offeredPerSecond);
    }

    public ProfileSample withLatencySeconds(double known) {
        return new ProfileSample(at, replicas, handledPerSecond, utilisation, known, offeredPerSecond);
    }

    public ProfileSample withOfferedPerSecond(double known) {
        return new ProfileSample(at, replicas, handledPerSecond, utilisation, latencySeconds, known);
    }
}
