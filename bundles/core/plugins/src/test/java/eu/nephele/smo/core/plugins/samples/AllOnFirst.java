// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.plugins.samples;

import eu.nephele.smo.api.model.DecisionContext;
import eu.nephele.smo.api.placement.PlacementRequest;
import eu.nephele.smo.api.placement.PlacementResult;
import eu.nephele.smo.api.placement.PlacementStrategy;

/** A strategy that nobody calls in these tests; only that it comes and goes matters. */
public class AllOnFirst implements PlacementStrategy {
    @Override
    public PlacementResult place(PlacementRequest request, DecisionContext context) {
        throw new IllegalStateException("it cannot place anything");
    }
}
