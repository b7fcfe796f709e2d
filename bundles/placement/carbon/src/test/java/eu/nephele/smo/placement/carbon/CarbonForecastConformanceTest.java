// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.placement.carbon;

import eu.nephele.smo.api.placement.PlacementObjective;
import eu.nephele.smo.lab.testkit.PlacementObjectiveContract;

class CarbonForecastConformanceTest extends PlacementObjectiveContract {

    @Override
    protected PlacementObjective objective() {
        return new CarbonForecastObjective(24, 5);
    }
}
