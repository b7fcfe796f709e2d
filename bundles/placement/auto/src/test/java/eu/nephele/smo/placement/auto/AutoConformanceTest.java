// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.placement.auto;

import eu.nephele.smo.api.placement.PlacementStrategy;
import eu.nephele.smo.lab.testkit.PlacementStrategyContract;

class AutoConformanceTest extends PlacementStrategyContract {

    @Override
    protected PlacementStrategy strategy() {
        return new AutoStrategy();
    }
}
