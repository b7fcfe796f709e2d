// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.harness.profiles;

import java.util.Random;

/** Demand over time: a wave, slow drifts and short bursts around a mean. */
final class ModelLoad {

    private static final double SWING = 0.6;
    private static final double KEEPS = 0.98;
    private static final double DRIFT = 0.02;
    private static final double BURSTS_PER_STEP = 0.002;
    private static final double BURST = 0.5;
    private static final double BURST_KEEPS = 0.9;

    private final double mean;
    private final double periodSeconds;
    private final double phase;
    private final Random random;
    private double drift;
    private double burst;

    /**
     * @param mean requests per second
     * @param periodSeconds of the wave
     * @param phase of the wave, 0 to 1
     */
    ModelLoad(double mean, double periodSeconds, double phase, Random random) {
        this.mean = mean;
        this.periodSeconds = periodSeconds;
        this.phase = phase;
        this.random = random;
    }

    /** Requests per second in the step that begins then; asked once for each step, in order. */
    double next(long second) {
        drift = KEEPS * drift + DRIFT * random.nextGaussian();
        burst = random.nextDouble() < BURSTS_PER_STEP ? BURST : BURST_KEEPS * burst;
        double wave = 1 + SWING * Math.sin(2 * Math.PI * (second / periodSeconds + phase));
        return Math.max(0, mean * wave * (1 + drift + burst));
    }
}
