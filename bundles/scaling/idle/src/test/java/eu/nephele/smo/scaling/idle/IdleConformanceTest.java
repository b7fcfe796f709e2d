// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.scaling.idle;

import eu.nephele.smo.api.scaling.ScalingStrategy;
import eu.nephele.smo.lab.testkit.ScalingStrategyContract;

class IdleConformanceTest extends ScalingStrategyContract {

    @Override
    protected ScalingStrategy strategy() {
        return new IdleStrategy();
    }
}
