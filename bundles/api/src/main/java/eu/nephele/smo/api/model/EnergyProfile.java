// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.api.model;

import java.util.OptionalDouble;

/**
 * Electric power of a cluster.
 *
 * @param idleWatts power drawn as soon as the cluster runs anything, 0 or more
 * @param peakWatts power at full CPU use, at least {@code idleWatts}
 */
public record EnergyProfile(double idleWatts, double peakWatts) {

    public static final EnergyProfile UNKNOWN = new EnergyProfile(0, 0);

    private static final double MILLIS_PER_CORE = 1000;

    public EnergyProfile {
        if (!(idleWatts >= 0) || !(peakWatts >= idleWatts)) {
            throw new IllegalArgumentException("Expected 0 <= idleWatts <= peakWatts, got idleWatts=%s peakWatts=%s"
                    .formatted(idleWatts, peakWatts));
        }
    }
    /**
     * Power that one busy core adds, in watts: {@code (peak − idle) / cores}.
     *
     * @param cpuMillis thousandths of a core that the cluster has
     * @return empty where the power or the number of cores is not known
     */
    public OptionalDouble wattsPerCore(long cpuMillis) {
        return peakWatts == 0 || cpuMillis == 0
                ? OptionalDouble.empty()
                : OptionalDouble.of((peakWatts - idleWatts) / (cpuMillis / MILLIS_PER_CORE));
    }
}
