// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.placement.greedy;

import eu.nephele.smo.api.placement.PlacementStrategy;
import eu.nephele.smo.lab.testkit.PlacementStrategyContract;

class GreedyConformanceTest extends PlacementStrategyContract {

    @Override
    protected PlacementStrategy strategy() {
        return new GreedyStrategy();
    }
}
