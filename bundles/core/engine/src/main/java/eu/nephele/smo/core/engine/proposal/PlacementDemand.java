// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.engine.proposal;

import eu.nephele.smo.api.graph.PlaceRequest;
import eu.nephele.smo.api.model.ClusterId;
import eu.nephele.smo.api.placement.DecisionReason;
import eu.nephele.smo.core.contract.store.RequestedPlacement;
import java.util.Map;
import java.util.Set;

/**
 * A placement decision that is needed.
 *
 * @param wish the request of a user, or a free placement
 * @param pins where services have to go
 * @param staying services that stay where they are unless nothing fits otherwise
 * @param postponed services that are not decided on now: they stay, even where nothing runs
 * @param replicas replicas to find capacity for, where they differ from the present ones
 * @param byItself whether the engine decides without a request: it counts against the budget of moves
 */
public record PlacementDemand(
        PlaceRequest wish,
        DecisionReason reason,
        Map<String, ClusterId> pins,
        Set<String> staying,
        Set<String> postponed,
        Map<String, Integer> replicas,
        boolean byItself) {

    /** Creates the demand of a user; placed services move only if the descriptor changed under them. */
    public static PlacementDemand of(RequestedPlacement wish, Set<String> placed) {
        DecisionReason reason = wish.request().reason();
        return new PlacementDemand(
                wish.request(),
                reason,
                wish.pins(),
                reason == DecisionReason.UPDATE ? placed : Set.of(),
                Set.of(),
                Map.of(),
                false);
    }

    public static PlacementDemand automatic(DecisionReason reason, Set<String> staying) {
        return new PlacementDemand(PlaceRequest.replace(), reason, Map.of(), staying, Set.of(), Map.of(), true);
    }

    /** Returns whether only other places are requested, beside whatever else is to be decided. */
    public boolean isForOtherPlaces() {
        return switch (reason) {
            case REPLACE, MOVE, OFFLOAD -> true;
            case DEPLOY, START, UPDATE, FAILOVER, DRAIN, SCALE, RETURN, PLAN, IMPROVE -> false;
        };
    }

    PlacementDemand pinning(Map<String, ClusterId> where) {
        return new PlacementDemand(wish, reason, where, staying, postponed, replicas, byItself);
    }

    PlacementDemand postponing(Set<String> services) {
        return new PlacementDemand(wish, reason, pins, staying, services, replicas, byItself);
    }

    public PlacementDemand withReplicas(Map<String, Integer> wanted) {
        return new PlacementDemand(wish, reason, pins, staying, postponed, wanted, byItself);
    }

    PlacementDemand keeping(Set<String> services) {
        return new PlacementDemand(wish, reason, pins, services, postponed, replicas, byItself);
    }

    /** The same, with everything free to move. */
    PlacementDemand loosened() {
        return new PlacementDemand(wish, reason, pins, Set.of(), postponed, replicas, byItself);
    }

    public PlacementDemand onRequest() {
        return new PlacementDemand(wish, reason, pins, staying, postponed, replicas, false);
    }
}
