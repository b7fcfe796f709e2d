// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.scaling.threshold;

import eu.nephele.smo.api.scaling.ScalingStrategy;
import eu.nephele.smo.lab.testkit.ScalingStrategyContract;
import java.util.Optional;

class ThresholdConformanceTest extends ScalingStrategyContract {

    @Override
    protected ScalingStrategy strategy() {
        return new ThresholdStrategy();
    }

    /** Its thresholds have no defaults. */
    @Override
    protected Optional<Record> parameters() {
        return Optional.of(new ThresholdParameters(20, 5, 3, 1, 60));
    }
}
