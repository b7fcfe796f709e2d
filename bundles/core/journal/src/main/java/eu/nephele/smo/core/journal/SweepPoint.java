// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.journal;

import eu.nephele.smo.api.model.Placement;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;

/**
 * What one weight would choose.
 *
 * @param placement empty when nothing fits, or the strategy gave no answer
 * @param message why there is no placement; "" when there is one
 * @param terms of each objective, in its own unit; empty without a placement
 * @param costs weighted sums by level; empty without a placement
 * @param moved services that would be on other clusters than the decision put them
 */
record SweepPoint(
        double weight,
        Optional<Placement> placement,
        String message,
        Map<String, Double> terms,
        SortedMap<Integer, Double> costs,
        List<String> moved) {}
