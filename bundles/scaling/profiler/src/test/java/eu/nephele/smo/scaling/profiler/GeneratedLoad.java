// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.scaling.profiler;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Samples of a service whose capacity is known: one every 15 s, replicas 1 to 6 in turn for 15 minutes each. */
final class GeneratedLoad {

    static final Instant START = Instant.parse("2026-01-05T00:00:00Z");
    static final FitSettings LIVE = FitSettings.live(Duration.ofMinutes(1));
    static final int HOUR = 240;
    private static final int STEP_SECONDS = 15;
    private static final int STEPS_PER_COUNT = 60;
    private static final int COUNTS = 6;

    private final CapacityLine truth;
    private final double noise;
    private final Random random;

    GeneratedLoad(double alpha, double beta, double noise, long seed) {
        this.truth = new CapacityLine(alpha, beta);
        this.noise = noise;
        this.random = new Random(seed);
    }

    static Instant at(int step) {
        return START.plusSeconds((long) step * STEP_SECONDS);
    }

    private static int replicas(int step) {
        return 1 + step / STEPS_PER_COUNT % COUNTS;
    }

    private double noisy(double value) {
        return value * (1 + noise * random.nextGaussian());
    }

    /** The load goes up and down between a fifth and 1.4 times the capacity; the use of the processor is known. */
    List<ProfileSample> withProcessor(int from, int to) {
        List<ProfileSample> samples = new ArrayList<>();
        for (int step = from; step < to; step++) {
            double busy = Math.min(1, 0.8 + 0.6 * Math.sin(step / 7.0));
            samples.add(ProfileSample.of(at(step), replicas(step), noisy(busy * truth.at(replicas(step))))
                    .withUtilisation(noisy(busy)));
        }
        return samples;
    }

    /** The same load; latency bends when it is full. */
    List<ProfileSample> withLatency(int from, int to) {
        List<ProfileSample> samples = new ArrayList<>();
        for (int step = from; step < to; step++) {
            double offered = 0.8 + 0.6 * Math.sin(step / 7.0);
            double busy = Math.min(1, offered);
            samples.add(ProfileSample.of(at(step), replicas(step), noisy(busy * truth.at(replicas(step))))
                    .withLatencySeconds(noisy(offered > 1 ? 0.2 : 0.02)));
        }
        return samples;
    }

    /** The same load; it is known what arrives. */
    List<ProfileSample> withOffered(int from, int to) {
        List<ProfileSample> samples = new ArrayList<>();
        for (int step = from; step < to; step++) {
            double offered = (0.8 + 0.6 * Math.sin(step / 7.0)) * truth.at(replicas(step));
            double handled = Math.min(offered, truth.at(replicas(step)));
            samples.add(
                    ProfileSample.of(at(step), replicas(step), noisy(handled)).withOfferedPerSecond(noisy(offered)));
        }
        return samples;
    }

    /** Replicas that follow the load: 70 % of the capacity are used whatever comes, and nothing else is known. */
    List<ProfileSample> scaledToSeventyPerCent(int to) {
        List<ProfileSample> samples = new ArrayList<>();
        for (int step = 0; step < to; step++) {
            samples.add(ProfileSample.of(at(step), replicas(step), noisy(0.7 * truth.at(replicas(step)))));
        }
        return samples;
    }
}
