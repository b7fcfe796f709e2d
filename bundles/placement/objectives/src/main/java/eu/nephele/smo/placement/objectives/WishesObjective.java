// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.placement.objectives;

import eu.nephele.smo.api.placement.CostTable;
import eu.nephele.smo.api.placement.PlacementObjective;
import eu.nephele.smo.api.placement.PlacementRequest;
import eu.nephele.smo.api.placement.PlacementWish;
import org.osgi.service.component.annotations.Component;

/** Wishes of intents that are given up: a service on a cluster costs the weights of its wishes that the cluster does not fulfil. */
@Component(
        property = {PlacementObjective.NAME + "=" + WishesObjective.NAME, PlacementObjective.UNIT + "=wishes given up"})
public final class WishesObjective implements PlacementObjective {

    static final String NAME = "wishes";

    @Override
    public void price(PlacementRequest request, CostTable costs) {
        double[][] givenUp =
                new double[request.services().size()][request.clusters().size()];
        for (PlacementWish wish : request.wishes()) {
            wish.against().forEach(cluster -> givenUp[wish.service()][cluster] += wish.weight());
        }
        for (int s = 0; s < givenUp.length; s++) {
            for (int c = 0; c < givenUp[s].length; c++) {
                if (givenUp[s][c] > 0) {
                    costs.assign(s, c, givenUp[s][c]);
                }
            }
        }
    }
}
