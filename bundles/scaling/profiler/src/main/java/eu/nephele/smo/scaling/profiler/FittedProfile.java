// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.scaling.profiler;

/**
 * A fitted capacity model.
 *
 * @param line the most probable coefficients
 * @param alphaError half of the 90 % confidence interval of alpha
 * @param betaError the same of beta; 0 where beta is not fitted
 * @param quality how good it is
 */
public record FittedProfile(CapacityLine line, double alphaError, double betaError, FitQuality quality) {

    /**
     * The capacity that is there at so many of 100 moments, for a careful scaler: the line less its uncertainty and the scatter around
     * it. What scatters may be the measurement alone, so that this errs on the side of more replicas.
     *
     * @param share of the moments, 0.5 (the line itself) to 0.99
     */
    public CapacityLine cautious(double share) {
        double z = RobustStatistics.normal(share);
        double fit = quality.capacityError() / RobustStatistics.NORMAL_95;
        return line.times(Math.max(0, 1 - z * Math.hypot(fit, quality.spread())));
    }
}
