// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.store;

import eu.nephele.smo.api.model.GraphId;
import eu.nephele.smo.api.model.JsonValue.JsonObject;
import eu.nephele.smo.core.contract.store.DecisionRecord;
import eu.nephele.smo.core.contract.store.DecisionRecord.DecisionKind;
import eu.nephele.smo.core.contract.store.DecisionStore;
import eu.nephele.smo.core.store.row.DecisionRow;
import eu.nephele.smo.core.store.row.InstantColumn;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.Lock;
import java.util.function.BiFunction;
import java.util.function.Function;
import javax.persistence.EntityManager;
import javax.persistence.TypedQuery;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Decisions in the table {@code decision}, their inputs once per content in {@code snapshot}. */
@Component(service = DecisionStore.class)
public final class JpaDecisionStore implements DecisionStore {

    private static final String NOT_IN_FORCE =
            " and not exists (select 1 from decided where decided.decision_id = decision.id)";

    private final Database database;

    @Activate
    public JpaDecisionStore(@Reference Database database) {
        this.database = database;
    }

    @Override
    public void append(List<DecisionRecord> records) {
        if (records.isEmpty()) {
            return;
        }
        holding(database.snapshots().readLock(), "store " + records.size() + " decisions", entities -> {
            DecisionTable.append(entities, records);
            return records.size();
        });
    }

    @Override
    public Optional<DecisionRecord> find(GraphId graph, String id) {
        return find(graph, id, DecisionTable::complete);
    }

    @Override
    public Optional<DecisionRecord> findWithoutSharedInputs(GraphId graph, String id) {
        return find(graph, id, DecisionTable::withoutShared);
    }

    private Optional<DecisionRecord> find(
            GraphId graph, String id, BiFunction<EntityManager, List<DecisionRow>, List<DecisionRecord>> inputs) {
        return database.transactions().read("read decision " + id + " of graph " + graph, entities -> {
            return inputs.apply(entities, byId(entities, graph, id)).stream().findFirst();
        });
    }

    @Override
    public Optional<JsonObject> sharedInputs(String digest) {
        return database.transactions()
                .read(
                        "read the inputs " + digest + " of decisions",
                        entities -> DecisionTable.content(entities, digest));
    }

    @Override
    public List<DecisionRecord> listWithoutInputs(GraphId graph, Query query) {
        return database.transactions()
                .read(
                        "read the decisions of graph " + graph,
                        entities -> page(entities, graph, query).getResultList().stream()
                                .map(row -> row.decision(Optional.empty()))
                                .toList());
    }

    /** By its id: a query with a limit is prepared anew each time it is used, which takes longer than all the rest. */
    @Override
    public Optional<DecisionRecord> latestWithoutInputs(GraphId graph, DecisionKind kind) {
        return database.transactions().read("read the latest decision of graph " + graph, entities -> new Sql(entities)
                        .values(
                                "select id from decision where project = ?1 and name = ?2 and kind = ?3"
                                        + " order by id desc fetch next 1 rows only",
                                graph.project(),
                                graph.name(),
                                kind.name())
                        .stream()
                        .flatMap(id -> byId(entities, graph, (String) id).stream())
                        .map(row -> row.decision(Optional.empty()))
                        .findFirst());
    }

    private static List<DecisionRow> byId(EntityManager entities, GraphId graph, String id) {
        return entities.createQuery(
                        "select d from DecisionRow d where d.id = :id and d.graph.project = :project and d.graph.name = :name",
                        DecisionRow.class)
                .setParameter("id", id)
                .setParameter("project", graph.project())
                .setParameter("name", graph.name())
                .getResultList();
    }

    @Override
    public List<DecisionRecord> list(GraphId graph, Query query) {
        return database.transactions()
                .read(
                        "read the decisions of graph " + graph,
                        entities -> DecisionTable.complete(
                                entities, page(entities, graph, query).getResultList()));
    }

    private static TypedQuery<DecisionRow> page(EntityManager entities, GraphId graph, Query query) {
        String text = "select d from DecisionRow d where d.graph.project = :project and d.graph.name = :name"
                + (query.kind().isPresent() ? " and d.kind = :kind" : "")
                + (query.beforeId().isPresent() ? " and d.id < :before" : "")
                + (query.withInputs() ? " and d.inputs is not null" : "")
                + " order by d.id desc";
        TypedQuery<DecisionRow> page = entities.createQuery(text, DecisionRow.class)
                .setParameter("project", graph.project())
                .setParameter("name", graph.name())
                .setMaxResults(query.limit());
        query.kind().ifPresent(kind -> page.setParameter("kind", kind));
        query.beforeId().ifPresent(id -> page.setParameter("before", id));
        return page;
    }

    @Override
    public List<DecisionRecord> list(Range range, int limit) {
        return database.transactions()
                .read(
                        "read the decisions since " + range.from(),
                        entities -> DecisionTable.complete(
                                entities, page(entities, range, limit).getResultList()));
    }

    private static TypedQuery<DecisionRow> page(EntityManager entities, Range range, int limit) {
        String text = "select d from DecisionRow d where d.decidedAt >= :from and d.decidedAt <= :until"
                + " and (d.decidedAt < :until or d.id < :before)"
                + (range.kind().isPresent() ? " and d.kind = :kind" : "")
                + (range.graph().isPresent() ? " and d.graph.project = :project and d.graph.name = :name" : "")
                + " order by d.decidedAt desc, d.id desc";
        TypedQuery<DecisionRow> page = entities.createQuery(text, DecisionRow.class)
                .setParameter("from", range.from())
                .setParameter("until", range.until())
                .setParameter("before", range.beforeId())
                .setMaxResults(limit);
        range.kind().ifPresent(kind -> page.setParameter("kind", kind));
        range.graph().ifPresent(graph -> page.setParameter("project", graph.project())
                .setParameter("name", graph.name()));
        return page;
    }

    @Override
    public long count() {
        return database.transactions().read("count the decisions", entities -> count(new Sql(entities)));
    }

    @Override
    public long prune(Instant before, long maximum) {
        BatchedDelete batchedDelete = new BatchedDelete(database.transactions(), "prune the decisions");
        long gone = batchedDelete.run(
                entities -> remove(new Sql(entities), "decided_at < ?1", "decided_at", InstantColumn.text(before)));
        Optional<Object> last = lastBeyond(maximum);
        if (last.isPresent()) {
            gone += batchedDelete.run(entities -> remove(new Sql(entities), "id <= ?1", "id", last.get()));
        }
        if (gone > 0) {
            removeSnapshots();
        }
        return gone;
    }

    private static int remove(Sql sql, String condition, String order, Object parameter) {
        return sql.update(
                "delete from decision where id in (select id from decision where " + condition + NOT_IN_FORCE
                        + " order by " + order + BatchedDelete.first(BatchedDelete.STEP) + ")",
                parameter);
    }

    private Optional<Object> lastBeyond(long maximum) {
        return database.transactions().read("count the decisions", entities -> {
            Sql sql = new Sql(entities);
            long surplus = count(sql) - maximum;
            return surplus <= 0
                    ? Optional.empty()
                    : sql
                            .values("select id from decision order by id offset " + (surplus - 1)
                                    + " rows fetch next 1 rows only")
                            .stream()
                            .findFirst();
        });
    }

    private void removeSnapshots() {
        // until there are none: shared inputs are removed after those that refer to them
        int some = BatchedDelete.STEP;
        while (some > 0) {
            some = holding(
                    database.snapshots().writeLock(), "prune the inputs of decisions", entities -> new Sql(entities)
                            .update("delete from snapshot where digest in (select digest from snapshot where not exists"
                                    + " (select 1 from decision where decision.inputs = snapshot.digest)"
                                    + " and not exists (select 1 from snapshot other where other.shared = snapshot.digest)"
                                    + BatchedDelete.first(BatchedDelete.STEP) + ")"));
        }
    }

    private static long count(Sql sql) {
        return ((Number) sql.values("select count(*) from decision").get(0)).longValue();
    }

    private <T> T holding(Lock lock, String what, Function<EntityManager, T> work) {
        lock.lock();
        try {
            return database.transactions().write(what, work);
        } finally {
            lock.unlock();
        }
    }
}
