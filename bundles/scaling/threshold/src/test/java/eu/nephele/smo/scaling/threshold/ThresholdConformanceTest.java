// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.scaling.threshold;

import eu.nephele.smo.api.scaling.ScalingStrategy;
import eu.nephele.smo.lab.testkit.ScalingStrategyContract;

/** Its thresholds have no defaults; it declares those for its examination. */
class ThresholdConformanceTest extends ScalingStrategyContract {

    @Override
    protected ScalingStrategy strategy() {
        return new ThresholdStrategy();
    }
}
