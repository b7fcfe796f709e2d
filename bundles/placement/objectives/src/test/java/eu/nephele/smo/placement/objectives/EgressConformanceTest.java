// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.placement.objectives;

import eu.nephele.smo.api.placement.PlacementObjective;
import eu.nephele.smo.lab.testkit.PlacementObjectiveContract;

class EgressConformanceTest extends PlacementObjectiveContract {

    @Override
    protected PlacementObjective objective() {
        return new EgressObjective("topology.kubernetes.io/region", "r0=0.09", "r0>r1=0.02", "c05=0.5");
    }
}
