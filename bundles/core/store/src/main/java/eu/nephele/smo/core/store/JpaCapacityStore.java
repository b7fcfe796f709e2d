// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.store;

import eu.nephele.smo.api.model.ClusterId;
import eu.nephele.smo.api.model.GraphId;
import eu.nephele.smo.api.model.Resources;
import eu.nephele.smo.core.contract.quota.QuotaPart;
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
            NavigableMap<CapacityKey, Long> wanted = new TreeMap<>();
            Map<CapacityKey, Long> present = new HashMap<>();
            for (Object[] row : sql.rows("select cluster_source, cluster_name, resource, upper_limit from capacity")) {
                CapacityKey capacityKey = ReservationTable.slot(row);
                if (limits.containsKey(capacityKey.cluster())) {
                    wanted.put(capacityKey, 0L);
                    present.put(capacityKey, ((Number) row[3]).longValue());
                }
            }
            limits.forEach((cluster, limit) -> limit.byName()
                    .forEach((resource, amount) -> wanted.put(new CapacityKey(cluster, resource), amount)));
            wanted.entrySet().removeAll(present.entrySet());
            wanted.forEach((capacityKey, amount) -> setLimit(sql, capacityKey, amount));
            return true;
        });
    }

    private static void setLimit(Sql sql, CapacityKey capacityKey, long limit) {
        ClusterId cluster = capacityKey.cluster();
        int changed = sql.update(
                "update capacity set upper_limit = ?1 where cluster_name = ?2 and cluster_source = ?3 and resource = ?4",
                limit,
                cluster.name(),
                cluster.source(),
                capacityKey.resource());
        if (changed == 0) {
            insert(sql, capacityKey, limit, 0, 0);
        }
    }

    private static void insert(Sql sql, CapacityKey capacityKey, long limit, long reserved, long unlimited) {
        sql.update(
                "insert into capacity (cluster_source, cluster_name, resource, upper_limit, reserved, unlimited)"
                        + " values (?1, ?2, ?3, ?4, ?5, ?6)",
                capacityKey.cluster().source(),
                capacityKey.cluster().name(),
                capacityKey.resource(),
                limit,
                reserved,
                unlimited);
    }

    @Override
    public Map<ClusterId, Resources> reserved() {
        return database.reserved().get(() -> database.transactions().read("read the reservations", entities -> {
            Map<CapacityKey, CapacitySum> sums = new HashMap<>();
            for (Object[] row : new Sql(entities)
                    .rows("select cluster_source, cluster_name, resource, reserved, unlimited from capacity"
                            + " where reserved > 0 or unlimited > 0")) {
                sums.put(
                        ReservationTable.slot(row),
                        new CapacitySum(((Number) row[3]).longValue(), ((Number) row[4]).longValue()));
            }
            return sums;
        }));
    }

    @Override
    public Map<ClusterId, Resources> reservedBy(GraphId graph) {
        return database.transactions()
                .read(
                        "read the reservations of graph " + graph,
                        entities -> ReservationTable.resources(new ReservationTable(entities).reservedBy(graph)));
    }

    @Override
    public Map<String, QuotaPart> quota(GraphId graph) {
        return database.transactions().read("read the quota of project " + graph.project(), entities -> new QuotaCheck(
                        new Sql(entities), database.quotas())
                .parts(graph));
    }

    @Override
    public Map<GraphId, Map<ClusterId, Resources>> rebuild() {
        return database.reserved()
                .rebuild(() -> database.transactions().write("rebuild the sums of the reservations", entities -> {
                    Sql sql = new Sql(entities);
                    // A reservation locks a row of this table: locking all of them waits for all reservations.
                    Set<CapacityKey> known = new TreeSet<>();
                    sql.rows(LOCK_ALL).forEach(row -> known.add(ReservationTable.slot(row)));
                    Map<GraphId, Map<CapacityKey, Long>> amounts = amounts(sql);
                    Map<CapacityKey, CapacitySum> sums = new TreeMap<>();
                    amounts.values()
                            .forEach(slots -> slots.forEach((capacityKey, amount) ->
                                    sums.merge(capacityKey, CapacitySum.of(amount), CapacitySum::plus)));
                    for (CapacityKey capacityKey : known) {
                        CapacitySum sum = sums.getOrDefault(capacityKey, CapacitySum.NOTHING);
                        sql.update(
                                "update capacity set reserved = ?1, unlimited = ?2"
                                        + " where cluster_name = ?3 and cluster_source = ?4 and resource = ?5",
                                sum.reserved(),
                                sum.unlimited(),
                                capacityKey.cluster().name(),
                                capacityKey.cluster().source(),
                                capacityKey.resource());
                    }
                    sums.keySet().removeAll(known);
                    sums.forEach((capacityKey, sum) -> insert(sql, capacityKey, 0, sum.reserved(), sum.unlimited()));
                    Map<GraphId, Map<ClusterId, Resources>> reserved = new HashMap<>();
                    amounts.forEach((graph, slots) -> reserved.put(graph, ReservationTable.resources(slots)));
                    return reserved;
                }));
    }

    private static Map<GraphId, Map<CapacityKey, Long>> amounts(Sql sql) {
        Map<GraphId, Map<CapacityKey, Long>> amounts = new HashMap<>();
        // many graphs are on the same clusters: one object for all of them
        Map<CapacityKey, CapacityKey> slots = new HashMap<>();
        for (Object[] row :
                sql.rows("select cluster_source, cluster_name, resource, amount, project, name from reservation")) {
            CapacityKey capacityKey = ReservationTable.slot(row);
            amounts.computeIfAbsent(new GraphId((String) row[4], (String) row[5]), any -> new TreeMap<>())
                    .put(slots.computeIfAbsent(capacityKey, same -> same), ((Number) row[3]).longValue());
        }
        return amounts;
    }
}
