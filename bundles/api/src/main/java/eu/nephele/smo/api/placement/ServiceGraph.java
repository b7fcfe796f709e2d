// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.api.placement;

import eu.nephele.smo.api.model.GraphId;
import java.util.List;

/**
 * Services to place, and the links between them, by their indexes.
 *
 * @param together groups that must share one cluster
 * @param apart pairs that must not
 * @param preferences of intents, which may be given up
 */
record ServiceGraph(
        GraphId id,
        List<PlacementService> services,
        List<PlacementLink> links,
        List<List<Integer>> together,
        List<List<Integer>> apart,
        List<PlacementPreference> preferences) {}
