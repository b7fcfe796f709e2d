// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.engine.proposal;

import eu.nephele.smo.api.graph.PlaceRequest;
import eu.nephele.smo.api.model.ClusterId;
import eu.nephele.smo.api.placement.DecisionReason;
import eu.nephele.smo.core.contract.store.DecisionWish;
import java.util.Map;
import java.util.Set;

/**
 * A placement decision that is wanted.
 *
 * @param wish what a user asked for, or a free placement
 * @param reason why
 * @param pins where services have to go
 * @param staying services that stay where they are unless nothing fits otherwise
 * @param postponed services that are not decided on now: they stay, even where nothing runs
 * @param replicas replicas to find room for, where they differ from the present ones
 * @param byItself whether nobody asked for it: it counts against the budget of moves
 */
public record Ask(
        PlaceRequest wish,
        DecisionReason reason,
        Map<String, ClusterId> pins,
        Set<String> staying,
        Set<String> postponed,
        Map<String, Integer> replicas,
        boolean byItself) {

    /** What a user wishes; services that are placed stay only where the descriptor changed under them. */
    public static Ask of(DecisionWish wish, Set<String> placed) {
        DecisionReason reason = wish.request().reason();
        return new Ask(
                wish.request(),
                reason,
                wish.pins(),
                reason == DecisionReason.UPDATE ? placed : Set.of(),
                Set.of(),
                Map.of(),
                false);
    }

    /** What the engine wants by itself. */
    public static Ask automatic(DecisionReason reason, Set<String> staying) {
        return new Ask(PlaceRequest.replace(), reason, Map.of(), staying, Set.of(), Map.of(), true);
    }

    /** Whether somebody asked for other places only, beside whatever else is to be decided. */
    public boolean isForOtherPlaces() {
        return switch (reason) {
            case REPLACE, MOVE, OFFLOAD -> true;
            case DEPLOY, START, UPDATE, FAILOVER, DRAIN, SCALE, RETURN, PLAN -> false;
        };
    }

    Ask pinning(Map<String, ClusterId> where) {
        return new Ask(wish, reason, where, staying, postponed, replicas, byItself);
    }

    Ask postponing(Set<String> services) {
        return new Ask(wish, reason, pins, staying, services, replicas, byItself);
    }

    Ask withReplicas(Map<String, Integer> wanted) {
        return new Ask(wish, reason, pins, staying, postponed, wanted, byItself);
    }

    /** The same, with everything free to move. */
    Ask loosened() {
        return new Ask(wish, reason, pins, Set.of(), postponed, replicas, byItself);
    }

    /** The same, asked for by a user. */
    public Ask onRequest() {
        return new Ask(wish, reason, pins, staying, postponed, replicas, false);
    }
}
