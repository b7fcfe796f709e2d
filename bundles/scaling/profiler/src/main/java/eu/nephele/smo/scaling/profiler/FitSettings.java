// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.scaling.profiler;

import java.time.Duration;

/**
 * How samples are judged.
 *
 * @param window over which rates are taken: samples nearer to each other share data, and those right after a change of replicas mix
 *     two numbers of them; 0 for steps of a load test, which stand for themselves
 * @param saturated every sample was taken at full load, as in a load test that asks for as much as it gets
 * @param leastUtilisation of the processor from which on a sample tells about capacity
 * @param latencyBend how many times the latency at rest is a sign of full load
 * @param leastSamples that tell about capacity, for a proposal
 */
public record FitSettings(
        Duration window, boolean saturated, double leastUtilisation, double latencyBend, int leastSamples) {

    private static final double HALF = 0.5;

    /** For samples of a running service, each a rate over this window. */
    public static FitSettings live(Duration window) {
        return new FitSettings(window, false, HALF, 3, 20);
    }

    /** For the steps of a load test. */
    public static FitSettings loadTest(boolean saturated) {
        return new FitSettings(Duration.ZERO, saturated, HALF, 3, 3);
    }
}
