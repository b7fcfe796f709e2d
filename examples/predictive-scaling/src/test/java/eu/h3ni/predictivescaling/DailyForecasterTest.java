// SPDX-License-Identifier: Apache-2.0
package eu.h3ni.predictivescaling;

import eu.nephele.smo.api.scaling.DemandForecaster;
import eu.nephele.smo.lab.testkit.DemandForecasterContract;

class DailyForecasterTest extends DemandForecasterContract {

    @Override
    protected DemandForecaster forecaster() {
        return new DailyForecaster();
    }
}
