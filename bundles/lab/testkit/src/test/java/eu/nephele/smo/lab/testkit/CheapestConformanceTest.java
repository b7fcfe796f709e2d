// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.testkit;

import eu.nephele.smo.api.placement.PlacementStrategy;
import java.util.Map;

/** What the author of a plug-in writes. */
class CheapestConformanceTest extends PlacementStrategyContract {

    @Override
    protected PlacementStrategy strategy() {
        return new CheapestStrategy();
    }

    /** It promises less here than the sample description says; the other test looks at that. */
    @Override
    protected Map<String, ?> serviceProperties() {
        return Map.of(PlacementStrategy.ID, "cheapest");
    }
}
