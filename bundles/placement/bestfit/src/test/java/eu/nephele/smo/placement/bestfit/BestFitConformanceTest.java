// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.placement.bestfit;

import eu.nephele.smo.api.placement.PlacementStrategy;
import eu.nephele.smo.lab.testkit.PlacementStrategyContract;

class BestFitConformanceTest extends PlacementStrategyContract {

    @Override
    protected PlacementStrategy strategy() {
        return new BestFitStrategy();
    }
}
