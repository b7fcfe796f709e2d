// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.contract.store;

import eu.nephele.smo.api.graph.PlaceRequest;
import eu.nephele.smo.api.model.ClusterId;
import java.util.Map;
import java.util.Set;

/**
 * A requested placement decision. Stored before it is acted upon; answered when the number of the decided state is at
 * least {@code number}.
 *
 * @param number rises with each request, from 1 (the deployment itself)
 * @param pins clusters that services must go to, because of a plan; empty for a free decision
 * @param plan id of the plan, "" for none
 * @param adopts service → fingerprints of releases of others that the plan has shown and that may be taken over
 */
public record RequestedPlacement(
        long number, PlaceRequest request, Map<String, ClusterId> pins, String plan, Map<String, Set<String>> adopts) {

    public RequestedPlacement {
        pins = Map.copyOf(pins);
        adopts = Map.copyOf(adopts);
    }

    /** A free decision. */
    public static RequestedPlacement of(long number, PlaceRequest request) {
        return new RequestedPlacement(number, request, Map.of(), "", Map.of());
    }
}
