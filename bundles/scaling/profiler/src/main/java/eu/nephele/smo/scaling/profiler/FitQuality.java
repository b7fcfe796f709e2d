// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.scaling.profiler;

import java.time.Duration;
import java.util.Map;

/**
 * How good a fit is.
 *
 * @param samples given
 * @param observations of them that tell about capacity
 * @param used of those that are no outliers
 * @param evidence how many of each kind
 * @param minReplicas smallest number of replicas seen under load
 * @param maxReplicas largest
 * @param replicaCounts different numbers of replicas seen under load
 * @param spread standard deviation of observations around the line, relative to it
 * @param capacityError half of the 90 % confidence interval of the capacity, relative to it, the largest between the smallest and
 *     the largest number of replicas
 * @param explained share of the scatter of the observations that the line explains, 0 to 1 (1 − ratio of robust variances); 0 where
 *     one number of replicas was seen
 * @param span from the first observation to the last
 */
public record FitQuality(
        int samples,
        int observations,
        int used,
        Map<LoadEvidence, Integer> evidence,
        int minReplicas,
        int maxReplicas,
        int replicaCounts,
        double spread,
        double capacityError,
        double explained,
        Duration span) {

    public FitQuality {
        evidence = Map.copyOf(evidence);
    }

    /** Both coefficients come from what was seen. */
    public boolean isComplete() {
        return replicaCounts > 1;
    }
}
