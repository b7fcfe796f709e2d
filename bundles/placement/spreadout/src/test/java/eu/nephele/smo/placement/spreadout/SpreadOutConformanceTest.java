// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.placement.spreadout;

import eu.nephele.smo.api.placement.PlacementStrategy;
import eu.nephele.smo.lab.testkit.PlacementStrategyContract;

class SpreadOutConformanceTest extends PlacementStrategyContract {

    @Override
    protected PlacementStrategy strategy() {
        return new SpreadOutStrategy();
    }
}
