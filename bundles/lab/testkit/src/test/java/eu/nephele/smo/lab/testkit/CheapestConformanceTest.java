// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.testkit;

import eu.nephele.smo.api.placement.PlacementStrategy;
import java.util.Map;

/** The test that the author of a plug-in writes. */
class CheapestConformanceTest extends PlacementStrategyContract {

    @Override
    protected PlacementStrategy strategy() {
        return new CheapestStrategy();
    }

    /** It promises less here than the sample description says, which the other test covers. */
    @Override
    protected Map<String, ?> serviceProperties() {
        return Map.of(PlacementStrategy.ID, "cheapest");
    }
}
