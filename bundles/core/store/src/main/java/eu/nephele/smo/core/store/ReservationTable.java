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
final class Ledger {

    private final Sql sql;

    Ledger(EntityManager entities) {
        this.sql = new Sql(entities);
    }

    /** What a graph has reserved, by slot. */
    Map<Slot, Long> reservedBy(GraphId graph) {
        Map<Slot, Long> amounts = new TreeMap<>();
        for (Object[] row : sql.rows(
                "select cluster_source, cluster_name, resource, amount from reservation where project = ?1 and name = ?2",
                graph.project(),
                graph.name())) {
            amounts.put(slot(row), ((Number) row[3]).longValue());
        }
        return amounts;
    }

    /**
     * Puts a reservation in the place of the one that the graph has. Giving back always works; taking more works where the limit
     * leaves room. A cluster or resource without a limit has none to give.
     *
     * @param headroom counts where the limit is the one for which it was judged
     * @return what that changes in the sums; empty when something does not fit: the transaction has to be rolled back then
     */
    Optional<Map<Slot, Sum>> replace(GraphId graph, Map<ClusterId, Resources> reservation, Headroom headroom) {
        Map<Slot, Long> present = reservedBy(graph);
        Map<Slot, Long> wanted = slots(reservation);
        Map<Slot, Long> limits = slots(headroom.limits());
        Map<Slot, Long> room = slots(headroom.room());
        if (present.equals(wanted)) {
            return Optional.of(Map.of());
        }
        Map<Slot, Sum> changes = new TreeMap<>();
        NavigableSet<Slot> touched = new TreeSet<>(present.keySet());
        touched.addAll(wanted.keySet());
        for (Slot slot : touched) {
            long from = present.getOrDefault(slot, 0L);
            long to = wanted.getOrDefault(slot, 0L);
            Sum change = Sum.of(to).minus(Sum.of(from));
            if (from != to) {
                if (!adjust(slot, change, limits.getOrDefault(slot, 0L), room.getOrDefault(slot, 0L))) {
                    return Optional.empty();
                }
                changes.put(slot, change);
            }
        }
        if (!present.isEmpty()) {
            sql.update("delete from reservation where project = ?1 and name = ?2", graph.project(), graph.name());
        }
        List<@Nullable Object[]> rows = new ArrayList<>();
        wanted.forEach((slot, amount) -> rows.add(new Object[] {
            graph.project(),
            graph.name(),
            slot.cluster().source(),
            slot.cluster().name(),
            slot.resource(),
            amount
        }));
        sql.batch(
                "insert into reservation (project, name, cluster_source, cluster_name, resource, amount)"
                        + " values (?, ?, ?, ?, ?, ?)",
                rows);
        return Optional.of(changes);
    }

    /**
     * Gives back all that a graph has reserved.
     *
     * @return what that changes in the sums
     */
    Map<Slot, Sum> release(GraphId graph) {
        return replace(graph, Map.of(), Headroom.NONE)
                .orElseThrow(() -> new IllegalStateException("Giving back always works"));
    }

    static Slot slot(Object[] row) {
        return new Slot(new ClusterId((String) row[0], (String) row[1]), (String) row[2]);
    }

    /** @param room takes the place of the limit where this is {@code judged} */
    private boolean adjust(Slot slot, Sum change, long judged, long room) {
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
                        slot.cluster().name(),
                        slot.cluster().source(),
                        slot.resource(),
                        change.reserved(),
                        more,
                        judged,
                        room - more,
                        Resources.UNLIMITED,
                        change.unlimited(),
                        Resources.UNLIMITED)
                == 1;
    }

    private static Map<Slot, Long> slots(Map<ClusterId, Resources> reservation) {
        Map<Slot, Long> slots = new TreeMap<>();
        reservation.forEach((cluster, resources) ->
                resources.byName().forEach((resource, amount) -> slots.put(new Slot(cluster, resource), amount)));
        return slots;
    }

    /** Amounts by slot as resources by cluster, in cluster order. */
    static Map<ClusterId, Resources> resources(Map<Slot, Long> amounts) {
        Map<ClusterId, Map<String, Long>> names = new TreeMap<>();
        amounts.forEach((slot, amount) -> names.computeIfAbsent(slot.cluster(), cluster -> new LinkedHashMap<>())
                .put(slot.resource(), amount));
        Map<ClusterId, Resources> resources = new LinkedHashMap<>();
        names.forEach((cluster, byName) -> resources.put(cluster, Resources.ofNames(byName)));
        return resources;
    }
}
