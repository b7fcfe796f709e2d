// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.placement.firstfit;

import eu.nephele.smo.api.placement.PlacementStrategy;
import eu.nephele.smo.lab.testkit.PlacementStrategyContract;

class FirstFitConformanceTest extends PlacementStrategyContract {

    @Override
    protected PlacementStrategy strategy() {
        return new FirstFitStrategy();
    }
}
