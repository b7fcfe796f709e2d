// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.api.graph;

import eu.nephele.smo.api.model.ClusterId;
import eu.nephele.smo.api.model.StrategySelection;
import eu.nephele.smo.api.placement.DecisionReason;
import java.util.Optional;
import java.util.Set;

/**
 * Asks for a new placement of a running graph.
 *
 * @param reason {@code REPLACE}, {@code MOVE} (the named services must leave their clusters) or {@code OFFLOAD} (they must go to
 *     {@code target})
 * @param services ids of the services concerned; empty means all
 * @param target where they shall go; required for {@code OFFLOAD}, empty otherwise
 * @param override wish of this request
 * @param force also moves a graph whose intents ask to stay where it is
 */
public record PlaceRequest(
        DecisionReason reason,
        Set<String> services,
        Optional<ClusterId> target,
        StrategySelection override,
        boolean force) {

    public PlaceRequest {
        services = Set.copyOf(services);
    }

    /** A better placement of everything, by whatever strategy is effective. */
    public static PlaceRequest replace() {
        return new PlaceRequest(
                DecisionReason.REPLACE, Set.of(), Optional.empty(), StrategySelection.UNSPECIFIED, false);
    }
}
