// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.placement.leastofservice;

import eu.nephele.smo.api.placement.PlacementStrategy;
import eu.nephele.smo.lab.testkit.PlacementStrategyContract;

class LeastOfServiceConformanceTest extends PlacementStrategyContract {

    @Override
    protected PlacementStrategy strategy() {
        return new LeastOfServiceStrategy();
    }
}
