// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.engine.decision;

import eu.nephele.smo.api.model.ClusterId;
import eu.nephele.smo.api.model.Resources;
import eu.nephele.smo.core.contract.store.DecidedGraph;
import java.util.Map;

/** Reservations of a decision: its placement, and the transit amounts until the world has followed. */
public final class Reservations {

    private Reservations() {}

    public static Map<ClusterId, Resources> compute(DecidedGraph decided) {
        Map<ClusterId, Resources> total = new TransitReservations.PlacementUse(
                        decided.placement(), decided.constraints().services())
                .total();
        decided.transition().held().forEach((cluster, amount) -> total.merge(cluster, amount, Resources::plus));
        return total;
    }
}
