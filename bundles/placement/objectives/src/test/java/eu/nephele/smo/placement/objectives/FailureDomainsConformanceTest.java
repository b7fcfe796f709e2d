// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.placement.objectives;

import eu.nephele.smo.api.placement.PlacementObjective;
import eu.nephele.smo.lab.testkit.PlacementObjectiveContract;
import java.util.List;

class FailureDomainsConformanceTest extends PlacementObjectiveContract {

    @Override
    protected PlacementObjective objective() {
        return new FailureDomainsObjective(List.of("topology.kubernetes.io/region"), 0.999, "r1=0.95");
    }
}
