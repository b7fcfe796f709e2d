// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.plugins.samples;

import eu.nephele.smo.api.model.DecisionContext;
import eu.nephele.smo.api.placement.PlacementRequest;
import eu.nephele.smo.api.placement.PlacementResult;
import eu.nephele.smo.api.placement.PlacementStrategy;

/** A strategy that these tests do not call; only its registration matters. */
public class AllOnFirst implements PlacementStrategy {
    @Override
    public PlacementResult place(PlacementRequest request, DecisionContext context) {
        throw new IllegalStateException("it cannot place anything");
    }
}
