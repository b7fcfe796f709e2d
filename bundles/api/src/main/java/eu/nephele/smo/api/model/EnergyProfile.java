// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.api.model;

/**
 * Electric power of a cluster.
 *
 * @param idleWatts power drawn as soon as the cluster runs anything, 0 or more
 * @param peakWatts power at full CPU use, at least {@code idleWatts}
 */
public record EnergyProfile(double idleWatts, double peakWatts) {

    public static final EnergyProfile UNKNOWN = new EnergyProfile(0, 0);

    public EnergyProfile {
        if (!(idleWatts >= 0) || !(peakWatts >= idleWatts)) {
            throw new IllegalArgumentException("Expected 0 <= idleWatts <= peakWatts, got idleWatts=%s peakWatts=%s"
                    .formatted(idleWatts, peakWatts));
        }
    }
}
