// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.engine.decision;

import eu.nephele.smo.api.model.ClusterId;
import eu.nephele.smo.api.model.Placement;
import eu.nephele.smo.api.model.Resources;
import eu.nephele.smo.core.contract.store.DecidedGraph.EffectiveService;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;

/**
 * Reservations held while the world follows a decision, so that a cluster never runs more than is reserved there. The
 * total reservation of a graph is its placement plus the held amounts.
 */
public final class TransitReservations {

    private TransitReservations() {}

    /**
     * Old and new side by side: everything that is reserved now, less what the new placement takes over in place.
     *
     * @param reserved what the graph reserves now, former transits included
     * @param left places that are left; as long as a service is at both, it has its new needs there as well
     * @param counts clusters that count; nothing is held on others
     */
    public static Map<ClusterId, Resources> sideBySide(
            Map<ClusterId, Resources> reserved,
            PlacementUse before,
            PlacementUse after,
            Placement left,
            Predicate<ClusterId> counts) {
        Map<ClusterId, Resources> held = new TreeMap<>();
        reserved.forEach((cluster, old) -> {
            if (counts.test(cluster)) {
                Resources rest = old;
                for (String service : before.placement().shares().keySet()) {
                    rest = rest.minusFloored(smaller(before.on(service, cluster), after.on(service, cluster)));
                }
                for (String service : left.shares().keySet()) {
                    Resources small = new PlacementUse(left, before.services()).on(service, cluster);
                    Resources large = new PlacementUse(left, after.services()).on(service, cluster);
                    rest = rest.plus(large.minusFloored(small));
                }
                put(held, cluster, rest);
            }
        });
        return held;
    }

    /** First smaller and emptier, then larger: if that is enough, at most the larger of before and after is used. */
    static Map<ClusterId, Resources> oneAfterTheOther(
            Map<ClusterId, Resources> reserved, PlacementUse after, Predicate<ClusterId> counts) {
        Map<ClusterId, Resources> held = new TreeMap<>();
        reserved.forEach((cluster, old) -> {
            if (counts.test(cluster)) {
                put(held, cluster, old.minusFloored(after.on(cluster)));
            }
        });
        return held;
    }

    private static Resources smaller(Resources one, Resources other) {
        return one.minusFloored(one.minusFloored(other));
    }

    private static void put(Map<ClusterId, Resources> held, ClusterId cluster, Resources amount) {
        if (!amount.isZero()) {
            held.put(cluster, amount);
        }
    }

    public record PlacementUse(Placement placement, Map<String, EffectiveService> services) {

        static final PlacementUse NONE = new PlacementUse(Placement.NONE, Map.of());

        Resources on(String service, ClusterId cluster) {
            Resources perReplica =
                    services.getOrDefault(service, EffectiveService.NOTHING).perReplica();
            return placement.of(service).stream()
                    .filter(share -> share.cluster().equals(cluster))
                    .map(share -> perReplica.times(share.replicas()))
                    .reduce(Resources.NONE, Resources::plus);
        }

        Resources on(ClusterId cluster) {
            return placement.shares().keySet().stream()
                    .map(service -> on(service, cluster))
                    .reduce(Resources.NONE, Resources::plus);
        }

        Map<ClusterId, Resources> total() {
            Set<ClusterId> clusters = new TreeSet<>(placement.clusters());
            Map<ClusterId, Resources> total = new TreeMap<>();
            clusters.forEach(cluster -> total.put(cluster, on(cluster)));
            return total;
        }
    }
}
