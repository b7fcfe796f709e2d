// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.access.cli.profile;

import eu.nephele.smo.scaling.profiler.ProfileSample;
import java.time.Instant;

/**
 * One step of a driven test.
 *
 * @param offeredPerSecond requests per second that were due
 * @param handledPerSecond of these answered without an error, within the step
 * @param latencySeconds median, from the moment that a request was due
 */
record LoadTestStep(Instant at, double offeredPerSecond, double handledPerSecond, double latencySeconds) {

    ProfileSample sample(int replicas) {
        return ProfileSample.of(at, replicas, handledPerSecond)
                .withOfferedPerSecond(offeredPerSecond)
                .withLatencySeconds(latencySeconds);
    }

    /** As {@link SampleFile} reads it. */
    String csv(int replicas) {
        return "%s,%d,%s,%s,%s".formatted(at, replicas, handledPerSecond, offeredPerSecond, latencySeconds);
    }
}
