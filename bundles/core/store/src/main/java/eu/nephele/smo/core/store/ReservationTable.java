// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.store;

import eu.nephele.smo.api.model.ClusterId;
import eu.nephele.smo.api.model.GraphId;
import eu.nephele.smo.api.model.Resources;
import eu.nephele.smo.core.contract.store.Headroom;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import javax.persistence.EntityManager;
import org.jspecify.annotations.Nullable;

/**
 * The reservations of graphs and the sums per cluster, inside one transaction. The caller holds the row lock of the graph, so its
 * reservations do not change meanwhile; rows of the ledger are locked in their order by changing them.
 */
final class ReservationTable {

    private final Sql sql;

    ReservationTable(EntityManager entities) {
        this.sql = new Sql(entities);
    }

    Map<CapacityKey, Long> reservedBy(GraphId graph) {
        Map<CapacityKey, Long> amounts = new TreeMap<>();
        read(graph, amounts, new TreeMap<>());
        return amounts;
    }

    /** @param held where some of it is no part of the placement */
    private void read(GraphId graph, Map<CapacityKey, Long> amounts, Map<CapacityKey, Long> held) {
        for (Object[] row : sql.rows(
                "select cluster_source, cluster_name, resource, amount, held from reservation"
                        + " where project = ?1 and name = ?2",
                graph.project(),
                graph.name())) {
            amounts.put(slot(row), ((Number) row[3]).longValue());
            long some = ((Number) row[4]).longValue();
            if (some > 0) {
                held.put(slot(row), some);
            }
        }
    }

    /**
     * Replaces the reservation of a graph. A release always succeeds; an increase succeeds where the limit leaves
     * capacity. A cluster or resource without a limit has no capacity.
     *
     * @param held part of the reservation that is no part of the placement
     * @param headroom counts where the limit is the one for which it was judged
     * @return the change of the sums; empty when the reservation does not fit: the transaction has to be rolled back
     *     then
     */
    Optional<Map<CapacityKey, CapacitySum>> replace(
            GraphId graph, Map<ClusterId, Resources> reservation, Map<ClusterId, Resources> held, Headroom headroom) {
        Map<CapacityKey, Long> present = new TreeMap<>();
        Map<CapacityKey, Long> presentlyHeld = new TreeMap<>();
        read(graph, present, presentlyHeld);
        Map<CapacityKey, Long> wanted = slots(reservation);
        Map<CapacityKey, Long> transit = slots(held);
        transit.keySet().retainAll(wanted.keySet());
        Map<CapacityKey, Long> limits = slots(headroom.limits());
        Map<CapacityKey, Long> room = slots(headroom.capacities());
        if (present.equals(wanted) && presentlyHeld.equals(transit)) {
            return Optional.of(Map.of());
        }
        Map<CapacityKey, CapacitySum> changes = new TreeMap<>();
        NavigableSet<CapacityKey> touched = new TreeSet<>(present.keySet());
        touched.addAll(wanted.keySet());
        for (CapacityKey capacityKey : touched) {
            long from = present.getOrDefault(capacityKey, 0L);
            long to = wanted.getOrDefault(capacityKey, 0L);
            CapacitySum change = CapacitySum.of(to).minus(CapacitySum.of(from));
            if (from != to) {
                if (!adjust(
                        capacityKey,
                        change,
                        limits.getOrDefault(capacityKey, 0L),
                        room.getOrDefault(capacityKey, 0L))) {
                    return Optional.empty();
                }
                changes.put(capacityKey, change);
            }
        }
        if (!present.isEmpty()) {
            sql.update("delete from reservation where project = ?1 and name = ?2", graph.project(), graph.name());
        }
        List<@Nullable Object[]> rows = new ArrayList<>();
        wanted.forEach((capacityKey, amount) -> rows.add(new Object[] {
            graph.project(),
            graph.name(),
            capacityKey.cluster().source(),
            capacityKey.cluster().name(),
            capacityKey.resource(),
            amount,
            Math.min(amount, transit.getOrDefault(capacityKey, 0L))
        }));
        sql.batch(
                "insert into reservation (project, name, cluster_source, cluster_name, resource, amount, held)"
                        + " values (?, ?, ?, ?, ?, ?, ?)",
                rows);
        return Optional.of(changes);
    }

    Map<CapacityKey, CapacitySum> release(GraphId graph) {
        return replace(graph, Map.of(), Map.of(), Headroom.NONE)
                .orElseThrow(() -> new IllegalStateException("A release always succeeds"));
    }

    static CapacityKey slot(Object[] row) {
        return new CapacityKey(new ClusterId((String) row[0], (String) row[1]), (String) row[2]);
    }

    /** @param room replaces the limit where this is {@code judged} */
    private boolean adjust(CapacityKey capacityKey, CapacitySum change, long judged, long room) {
        long more = Math.max(0, change.reserved());
        // The limit minus the amount cannot overflow, the sum plus the amount could.
        return sql.update(
                        "update capacity set reserved = reserved + ?1, unlimited = unlimited + ?2"
                                + " where cluster_name = ?3 and cluster_source = ?4 and resource = ?5"
                                + " and (?6 <= 0 or ((reserved <= upper_limit - ?7"
                                + " or (upper_limit = ?8 and reserved <= ?9))"
                                + " and (unlimited = 0 or upper_limit = ?10)))"
                                + " and (?11 <= 0 or upper_limit = ?12)",
                        change.reserved(),
                        change.unlimited(),
                        capacityKey.cluster().name(),
                        capacityKey.cluster().source(),
                        capacityKey.resource(),
                        change.reserved(),
                        more,
                        judged,
                        room - more,
                        Resources.UNLIMITED,
                        change.unlimited(),
                        Resources.UNLIMITED)
                == 1;
    }

    private static Map<CapacityKey, Long> slots(Map<ClusterId, Resources> reservation) {
        Map<CapacityKey, Long> slots = new TreeMap<>();
        reservation.forEach((cluster, resources) -> resources
                .byName()
                .forEach((resource, amount) -> slots.put(new CapacityKey(cluster, resource), amount)));
        return slots;
    }

    static Map<ClusterId, Resources> resources(Map<CapacityKey, Long> amounts) {
        Map<ClusterId, Map<String, Long>> names = new TreeMap<>();
        amounts.forEach(
                (capacityKey, amount) -> names.computeIfAbsent(capacityKey.cluster(), cluster -> new LinkedHashMap<>())
                        .put(capacityKey.resource(), amount));
        Map<ClusterId, Resources> resources = new LinkedHashMap<>();
        names.forEach((cluster, byName) -> resources.put(cluster, Resources.ofNames(byName)));
        return resources;
    }
}
