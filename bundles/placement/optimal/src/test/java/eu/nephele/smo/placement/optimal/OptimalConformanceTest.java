// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.placement.optimal;

import eu.nephele.smo.api.placement.PlacementStrategy;
import eu.nephele.smo.lab.testkit.PlacementStrategyContract;

class OptimalConformanceTest extends PlacementStrategyContract {

    @Override
    protected PlacementStrategy strategy() {
        return new OptimalStrategy(500, 100_000, 1);
    }
}
