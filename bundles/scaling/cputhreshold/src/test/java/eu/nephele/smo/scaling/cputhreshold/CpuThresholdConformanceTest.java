// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.scaling.cputhreshold;

import eu.nephele.smo.api.scaling.ScalingStrategy;
import eu.nephele.smo.lab.testkit.ScalingStrategyContract;

class CpuThresholdConformanceTest extends ScalingStrategyContract {

    @Override
    protected ScalingStrategy strategy() {
        return new CpuThresholdStrategy();
    }
}
