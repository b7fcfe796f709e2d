// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.placement.objectives;

import eu.nephele.smo.api.placement.PlacementObjective;
import eu.nephele.smo.lab.testkit.PlacementObjectiveContract;

class ConsolidationConformanceTest extends PlacementObjectiveContract {

    @Override
    protected PlacementObjective objective() {
        return new ConsolidationObjective(100, 5);
    }
}
