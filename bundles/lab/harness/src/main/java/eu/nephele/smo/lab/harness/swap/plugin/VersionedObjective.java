// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.harness.swap.plugin;

import eu.nephele.smo.api.placement.CostTable;
import eu.nephele.smo.api.placement.PlacementObjective;
import eu.nephele.smo.api.placement.PlacementRequest;

/** A service costs as much as the last part of the version, wherever it is: a term reveals its version. */
public final class VersionedObjective implements PlacementObjective {

    @Override
    public void price(PlacementRequest request, CostTable costs) {
        for (int s = 0; s < request.services().size(); s++) {
            for (int c = 0; c < request.clusters().size(); c++) {
                costs.assign(s, c, OwnVersion.number());
            }
        }
    }
}
