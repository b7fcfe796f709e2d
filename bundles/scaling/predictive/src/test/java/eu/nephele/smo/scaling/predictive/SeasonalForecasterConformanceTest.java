// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.scaling.predictive;

import eu.nephele.smo.api.scaling.DemandForecaster;
import eu.nephele.smo.lab.testkit.DemandForecasterContract;

class SeasonalForecasterConformanceTest extends DemandForecasterContract {

    @Override
    protected DemandForecaster forecaster() {
        return new SeasonalForecaster();
    }
}
