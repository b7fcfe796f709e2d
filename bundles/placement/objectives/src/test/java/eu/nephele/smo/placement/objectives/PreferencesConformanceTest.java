// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.placement.objectives;

import eu.nephele.smo.api.placement.PlacementObjective;
import eu.nephele.smo.lab.testkit.PlacementObjectiveContract;

class PreferencesConformanceTest extends PlacementObjectiveContract {

    @Override
    protected PlacementObjective objective() {
        return new PreferencesObjective();
    }
}
