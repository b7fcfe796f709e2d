// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.engine;

import eu.nephele.smo.api.model.ClusterId;
import eu.nephele.smo.api.model.Placement;
import eu.nephele.smo.api.model.Resources;
import eu.nephele.smo.core.contract.store.Decided;
import eu.nephele.smo.core.contract.store.Decided.EffectiveService;
import java.util.Map;
import java.util.TreeMap;

/** What a decided state takes from the clusters: its placement and, while a move is under way, the place it leaves too. */
final class Reservations {

    private Reservations() {}

    static Map<ClusterId, Resources> of(Decided decided) {
        Map<ClusterId, Resources> total = new TreeMap<>();
        add(total, decided.placement(), decided.services());
        add(total, decided.leaving(), decided.services());
        return total;
    }

    private static void add(
            Map<ClusterId, Resources> total, Placement placement, Map<String, EffectiveService> services) {
        placement.shares().forEach((service, shares) -> {
            EffectiveService effective = services.get(service);
            if (effective != null) {
                shares.forEach(share ->
                        total.merge(share.cluster(), effective.perReplica().times(share.replicas()), Resources::plus));
            }
        });
    }
}
