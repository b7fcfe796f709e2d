// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.store;

import eu.nephele.smo.api.model.ClusterId;
import eu.nephele.smo.api.model.GraphId;
import eu.nephele.smo.api.model.Resources;
import eu.nephele.smo.core.contract.store.CapacityStore;
import java.util.HashMap;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Limits and sums in the table {@code capacity}, one row per cluster and resource. */
@Component(service = CapacityStore.class)
public final class JpaCapacityStore implements CapacityStore {

    private static final String LOCK_ALL = "select cluster_source, cluster_name, resource, reserved from capacity"
            + " order by cluster_name, cluster_source, resource for update";

    private final Database database;

    @Activate
    public JpaCapacityStore(@Reference Database database) {
        this.database = database;
    }

    @Override
    public void setLimits(Map<ClusterId, Resources> limits) {
        database.transactions().write("set the limits of " + limits.size() + " clusters", entities -> {
            Sql sql = new Sql(entities);
            NavigableMap<Slot, Long> wanted = new TreeMap<>();
            Map<Slot, Long> present = new HashMap<>();
            for (Object[] row : sql.rows("select cluster_source, cluster_name, resource, upper_limit from capacity")) {
                Slot slot = Ledger.slot(row);
                if (limits.containsKey(slot.cluster())) {
                    wanted.put(slot, 0L);
                    present.put(slot, ((Number) row[3]).longValue());
                }
            }
            limits.forEach((cluster, limit) ->
                    limit.byName().forEach((resource, amount) -> wanted.put(new Slot(cluster, resource), amount)));
            wanted.entrySet().removeAll(present.entrySet());
            wanted.forEach((slot, amount) -> setLimit(sql, slot, amount));
            return true;
        });
    }

    private static void setLimit(Sql sql, Slot slot, long limit) {
        ClusterId cluster = slot.cluster();
        int changed = sql.update(
                "update capacity set upper_limit = ?1 where cluster_name = ?2 and cluster_source = ?3 and resource = ?4",
                limit,
                cluster.name(),
                cluster.source(),
                slot.resource());
        if (changed == 0) {
            insert(sql, slot, limit, 0, 0);
        }
    }

    private static void insert(Sql sql, Slot slot, long limit, long reserved, long unlimited) {
        sql.update(
                "insert into capacity (cluster_source, cluster_name, resource, upper_limit, reserved, unlimited)"
                        + " values (?1, ?2, ?3, ?4, ?5, ?6)",
                slot.cluster().source(),
                slot.cluster().name(),
                slot.resource(),
                limit,
                reserved,
                unlimited);
    }

    @Override
    public Map<ClusterId, Resources> reserved() {
        return database.reserved().get(() -> database.transactions().read("read what is reserved", entities -> {
            Map<Slot, Sum> sums = new HashMap<>();
            for (Object[] row : new Sql(entities)
                    .rows("select cluster_source, cluster_name, resource, reserved, unlimited from capacity"
                            + " where reserved > 0 or unlimited > 0")) {
                sums.put(Ledger.slot(row), new Sum(((Number) row[3]).longValue(), ((Number) row[4]).longValue()));
            }
            return sums;
        }));
    }

    @Override
    public Map<ClusterId, Resources> reservedBy(GraphId graph) {
        return database.transactions()
                .read(
                        "read what graph " + graph + " has reserved",
                        entities -> Ledger.resources(new Ledger(entities).reservedBy(graph)));
    }

    @Override
    public Map<GraphId, Map<ClusterId, Resources>> rebuild() {
        return database.reserved()
                .rebuild(() -> database.transactions().write("rebuild the sums of the reservations", entities -> {
                    Sql sql = new Sql(entities);
                    // Who reserves holds a row of this table: locking all of them waits for everybody.
                    Set<Slot> known = new TreeSet<>();
                    sql.rows(LOCK_ALL).forEach(row -> known.add(Ledger.slot(row)));
                    Map<GraphId, Map<Slot, Long>> amounts = amounts(sql);
                    Map<Slot, Sum> sums = new TreeMap<>();
                    amounts.values()
                            .forEach(slots ->
                                    slots.forEach((slot, amount) -> sums.merge(slot, Sum.of(amount), Sum::plus)));
                    for (Slot slot : known) {
                        Sum sum = sums.getOrDefault(slot, Sum.NOTHING);
                        sql.update(
                                "update capacity set reserved = ?1, unlimited = ?2"
                                        + " where cluster_name = ?3 and cluster_source = ?4 and resource = ?5",
                                sum.reserved(),
                                sum.unlimited(),
                                slot.cluster().name(),
                                slot.cluster().source(),
                                slot.resource());
                    }
                    sums.keySet().removeAll(known);
                    sums.forEach((slot, sum) -> insert(sql, slot, 0, sum.reserved(), sum.unlimited()));
                    Map<GraphId, Map<ClusterId, Resources>> reserved = new HashMap<>();
                    amounts.forEach((graph, slots) -> reserved.put(graph, Ledger.resources(slots)));
                    return reserved;
                }));
    }

    private static Map<GraphId, Map<Slot, Long>> amounts(Sql sql) {
        Map<GraphId, Map<Slot, Long>> amounts = new HashMap<>();
        // many graphs are on the same clusters: one object for all of them
        Map<Slot, Slot> slots = new HashMap<>();
        for (Object[] row :
                sql.rows("select cluster_source, cluster_name, resource, amount, project, name from reservation")) {
            Slot slot = Ledger.slot(row);
            amounts.computeIfAbsent(new GraphId((String) row[4], (String) row[5]), any -> new TreeMap<>())
                    .put(slots.computeIfAbsent(slot, same -> same), ((Number) row[3]).longValue());
        }
        return amounts;
    }
}
