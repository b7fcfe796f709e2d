// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.placement.objectives;

import eu.nephele.smo.api.placement.CostTable;
import eu.nephele.smo.api.placement.PlacementObjective;
import eu.nephele.smo.api.placement.PlacementPreference;
import eu.nephele.smo.api.placement.PlacementRequest;
import org.osgi.service.component.annotations.Component;

/** Preferences of intents that are given up: a service on a cluster costs the weights of its preferences that the cluster does not fulfil. */
@Component(
        property = {
            PlacementObjective.NAME + "=" + PreferencesObjective.NAME,
            PlacementObjective.UNIT + "=preferences given up"
        })
public final class PreferencesObjective implements PlacementObjective {

    static final String NAME = "preferences";

    @Override
    public void price(PlacementRequest request, CostTable costs) {
        double[][] givenUp =
                new double[request.services().size()][request.clusters().size()];
        for (PlacementPreference preference : request.preferences()) {
            preference.against().forEach(cluster -> givenUp[preference.service()][cluster] += preference.weight());
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
