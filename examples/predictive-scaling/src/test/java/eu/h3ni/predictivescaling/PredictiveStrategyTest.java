// SPDX-License-Identifier: Apache-2.0
package eu.h3ni.predictivescaling;

import eu.nephele.smo.api.scaling.ScalingStrategy;
import eu.nephele.smo.lab.testkit.ScalingStrategyContract;

class PredictiveStrategyTest extends ScalingStrategyContract {

    @Override
    protected ScalingStrategy strategy() {
        return new PredictiveStrategy();
    }
}
