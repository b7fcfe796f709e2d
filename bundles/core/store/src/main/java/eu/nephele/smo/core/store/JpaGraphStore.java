// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.store;

import eu.nephele.smo.api.model.ClusterId;
import eu.nephele.smo.api.model.DesiredState;
import eu.nephele.smo.api.model.GraphId;
import eu.nephele.smo.api.model.Resources;
import eu.nephele.smo.core.contract.quota.QuotaMember;
import eu.nephele.smo.core.contract.store.DecidedGraph;
import eu.nephele.smo.core.contract.store.DecisionRecord;
import eu.nephele.smo.core.contract.store.Desired;
import eu.nephele.smo.core.contract.store.GraphFacts;
import eu.nephele.smo.core.contract.store.GraphOutline;
import eu.nephele.smo.core.contract.store.GraphRecord;
import eu.nephele.smo.core.contract.store.GraphServices;
import eu.nephele.smo.core.contract.store.GraphStore;
import eu.nephele.smo.core.contract.store.GraphSummary;
import eu.nephele.smo.core.contract.store.Headroom;
import eu.nephele.smo.core.contract.store.ObservedGraph;
import eu.nephele.smo.core.contract.store.TransactionalWrites;
import eu.nephele.smo.core.store.row.DecidedRow;
import eu.nephele.smo.core.store.row.DesiredRow;
import eu.nephele.smo.core.store.row.FactsColumns;
import eu.nephele.smo.core.store.row.GraphKey;
import eu.nephele.smo.core.store.row.ObservedRow;
import eu.nephele.smo.core.store.row.SummaryColumns;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.locks.Lock;
import javax.persistence.EntityManager;
import javax.persistence.TypedQuery;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Graphs in the tables {@code desired}, {@code decided} and {@code observed}. Writers of one graph take turns on its row in desired. */
@Component(service = GraphStore.class)
public final class JpaGraphStore implements GraphStore {

    private static final String ALL_PARTS = "select d, c, o from DesiredRow d"
            + " left join DecidedRow c on c.key.project = d.key.project and c.key.name = d.key.name"
            + " left join ObservedRow o on o.key.project = d.key.project and o.key.name = d.key.name";

    private static final String OF_PROJECT = " where d.key.project = :project";
    private static final String OF_GRAPH = OF_PROJECT + " and d.key.name = :name";

    private static final String GONE = DesiredState.REMOVED.name();
    private static final char NUL = '\0';

    private final Database database;
    private final TransactionalWriter transactionalWriter;

    @Activate
    public JpaGraphStore(@Reference Database database) {
        this.database = database;
        this.transactionalWriter = new TransactionalWriter(database.outbox());
    }

    @Override
    public Optional<GraphRecord> find(GraphId graph) {
        return database.records()
                .find(
                        graph, () -> query(
                                        "read graph " + graph,
                                        OF_GRAPH,
                                        Map.of("project", graph.project(), "name", graph.name()))
                                .stream()
                                .findFirst());
    }

    @Override
    public List<GraphRecord> findByName(String name) {
        return query("read the graphs named " + name, " where d.key.name = :name", Map.of("name", name));
    }

    @Override
    public List<GraphRecord> list(String project) {
        return query("read the graphs of project " + project, OF_PROJECT, Map.of("project", project));
    }

    @Override
    public List<GraphRecord> list() {
        return query("read all graphs", "", Map.of());
    }

    @Override
    public List<GraphId> ids() {
        return ids("read the ids of all graphs", "", Map.of());
    }

    @Override
    public List<GraphId> ids(String project) {
        return ids("read the ids of the graphs of project " + project, OF_PROJECT, Map.of("project", project));
    }

    private List<GraphId> ids(String what, String condition, Map<String, String> parameters) {
        return database.transactions().read(what, entities -> {
            TypedQuery<GraphKey> query =
                    entities.createQuery("select d.key from DesiredRow d" + condition, GraphKey.class);
            parameters.forEach(query::setParameter);
            return query.getResultList().stream().map(GraphKey::id).sorted().toList();
        });
    }

    @Override
    public List<String> names(String project) {
        return database.transactions()
                .read("read the names of the graphs of project " + project, entities -> new Sql(entities)
                        .values("select name from desired where project = ?1 and state <> ?2", project, GONE).stream()
                                .map(String.class::cast)
                                .sorted()
                                .toList());
    }

    @Override
    public SortedMap<String, Long> projects() {
        return database.transactions().read("count the graphs of all projects", entities -> {
            SortedMap<String, Long> projects = new TreeMap<>();
            new Sql(entities)
                    .rows("select project, count(*) from desired where state <> ?1 group by project", GONE)
                    .forEach(row -> projects.put((String) row[0], ((Number) row[1]).longValue()));
            return projects;
        });
    }

    @Override
    public List<GraphOutline> outlines(String project, String after, String from, int limit) {
        return new GraphPages(database).page(project, after, from, limit);
    }

    @Override
    public List<GraphSummary> summaries(Optional<GraphId> after, int limit) {
        return page("read a page of the summaries of all graphs", SummaryColumns.QUERY, after, limit).stream()
                .map(SummaryColumns::summary)
                .toList();
    }

    @Override
    public List<GraphServices> services(Optional<GraphId> after, int limit) {
        return page("read a page of the services of all graphs", SummaryColumns.SERVICES, after, limit).stream()
                .map(SummaryColumns::services)
                .toList();
    }

    @Override
    public List<GraphFacts> facts(Optional<GraphId> after, int limit) {
        return database.transactions().read("read a page of the facts of all graphs", entities -> {
            Sql sql = new Sql(entities);
            List<GraphFacts> page = new ArrayList<>();
            after.ifPresent(last -> page.addAll(
                    sql.list(FactsColumns::facts, FactsColumns.REST_OF_PROJECT, last.project(), last.name(), limit)));
            if (page.size() < limit) {
                page.addAll(sql.list(
                        FactsColumns::facts,
                        FactsColumns.FURTHER_PROJECTS,
                        after.map(GraphId::project).orElse(""),
                        limit - page.size()));
            }
            return page;
        });
    }

    @Override
    public Optional<GraphRecord> cached(GraphId graph) {
        return database.records().find(graph, Optional::empty);
    }

    private List<Object[]> page(String what, String query, Optional<GraphId> after, int limit) {
        return database.transactions().read(what, entities -> {
            List<Object[]> page = new ArrayList<>();
            after.ifPresent(
                    last -> page.addAll(entities.createQuery(query + SummaryColumns.REST_OF_PROJECT, Object[].class)
                            .setParameter("project", last.project())
                            .setParameter("name", last.name())
                            .setMaxResults(limit)
                            .getResultList()));
            if (page.size() < limit) {
                page.addAll(entities.createQuery(query + SummaryColumns.FURTHER_PROJECTS, Object[].class)
                        .setParameter("project", after.map(GraphId::project).orElse(""))
                        .setMaxResults(limit - page.size())
                        .getResultList());
            }
            return page;
        });
    }

    @Override
    public List<GraphSummary> holding(GraphId graph, Collection<String> services) {
        return database.transactions().read("read which graphs hold the services of graph " + graph, entities -> {
            Set<String> names = new TreeSet<>(
                    new UniqueNames(entities).owners(graph.project(), services).values());
            names.add(graph.name());
            TypedQuery<Object[]> query = entities.createQuery(SummaryColumns.QUERY + OF_GRAPH, Object[].class)
                    .setParameter("project", graph.project());
            return names.stream()
                    .flatMap(name -> query.setParameter("name", name).getResultList().stream())
                    .map(SummaryColumns::summary)
                    .toList();
        });
    }

    @Override
    public List<GraphId> holders(Collection<String> services) {
        List<String> possible =
                services.stream().filter(id -> id.indexOf(NUL) < 0).toList();
        return database.transactions().read("read which graphs hold services", entities -> {
            UniqueNames names = new UniqueNames(entities);
            Set<GraphId> holders = new TreeSet<>();
            for (Object project : new Sql(entities).values("select distinct project from desired")) {
                names.owners((String) project, possible)
                        .values()
                        .forEach(name -> holders.add(new GraphId((String) project, name)));
            }
            return List.copyOf(holders);
        });
    }

    /** One statement for the three parts of all graphs: they fit together, and a long list costs no more queries. */
    private List<GraphRecord> query(String what, String condition, Map<String, String> parameters) {
        return database.transactions().read(what, entities -> {
            TypedQuery<Object[]> query = entities.createQuery(ALL_PARTS + condition, Object[].class);
            parameters.forEach(query::setParameter);
            return query.getResultList().stream()
                    .map(JpaGraphStore::graph)
                    .sorted(Comparator.comparing(GraphRecord::id))
                    .toList();
        });
    }

    private static GraphRecord graph(Object[] parts) {
        return new GraphRecord(
                ((DesiredRow) parts[0]).desired(),
                Optional.ofNullable((DecidedRow) parts[1]).map(DecidedRow::decided),
                Optional.ofNullable((ObservedRow) parts[2])
                        .map(ObservedRow::observed)
                        .orElseGet(ObservedGraph::nothing));
    }

    @Override
    public void insert(Desired desired, TransactionalWrites transactionalWrites) {
        database.records()
                .write(
                        desired.id(),
                        () -> database.transactions().write("store graph " + desired.id(), entities -> {
                            // First: of two equal requests at once, the slower one fails because of its key, not of the
                            // name that the other took.
                            transactionalWriter.claimKey(entities, transactionalWrites);
                            UniqueNames names = new UniqueNames(entities);
                            names.requireFree(desired.id());
                            Sql sql = new Sql(entities);
                            QuotaCheck quota = new QuotaCheck(sql, database.quotas());
                            String project = desired.id().project();
                            quota.admit(project, QuotaMember.GRAPHS, 1, () -> JpaQuotaStore.graphs(sql, project));
                            sql.update(DesiredRow.INSERT, DesiredRow.values(desired));
                            names.claimFirst(desired, quota);
                            sql.update(ObservedRow.INSERT, ObservedRow.values(desired.id(), ObservedGraph.nothing()));
                            transactionalWriter.write(entities, transactionalWrites);
                            return DesiredRow.stored(desired);
                        }),
                        (before, stored) ->
                                Optional.of(new GraphRecord(stored, Optional.empty(), ObservedGraph.nothing())));
    }

    @Override
    public boolean update(Desired desired, TransactionalWrites transactionalWrites) {
        return database.records()
                .write(
                        desired.id(),
                        () -> database.transactions().write("update graph " + desired.id(), entities -> {
                            OptionalLong revision = GraphLock.take(entities, desired.id());
                            if (revision.isEmpty() || revision.getAsLong() != desired.revision() - 1) {
                                entities.getTransaction().setRollbackOnly();
                                return Optional.<Desired>empty();
                            }
                            new UniqueNames(entities)
                                    .claimServices(desired, new QuotaCheck(new Sql(entities), database.quotas()));
                            new Sql(entities).update(DesiredRow.UPDATE, DesiredRow.values(desired));
                            record(entities, transactionalWrites);
                            return Optional.of(DesiredRow.stored(desired));
                        }),
                        (before, stored) -> stored.flatMap(
                                now -> before.map(was -> new GraphRecord(now, was.decided(), was.observed()))))
                .isPresent();
    }

    private void record(EntityManager entities, TransactionalWrites transactionalWrites) {
        transactionalWriter.claimKey(entities, transactionalWrites);
        transactionalWriter.write(entities, transactionalWrites);
    }

    @Override
    public CommitResult commit(
            GraphId graph,
            long expectedRevision,
            DecidedGraph decided,
            Map<ClusterId, Resources> reservation,
            Headroom headroom,
            Optional<DecisionRecord> record,
            TransactionalWrites transactionalWrites) {
        Lock shared = database.snapshots().readLock();
        shared.lock();
        try {
            CommittedGraph committed = database.records()
                    .write(
                            graph,
                            () -> database.reserved()
                                    .change(
                                            () -> writeDecision(
                                                    graph,
                                                    expectedRevision,
                                                    decided,
                                                    reservation,
                                                    headroom,
                                                    record,
                                                    transactionalWrites),
                                            CommittedGraph::reserved),
                            (before, done) -> done.after(before, transactionalWrites.observed()));
            return committed.result();
        } finally {
            shared.unlock();
        }
    }

    private record CommittedGraph(
            CommitResult result, Optional<DecidedGraph> stored, Map<CapacityKey, CapacitySum> reserved) {

        private static CommittedGraph not(CommitResult why) {
            return new CommittedGraph(why, Optional.empty(), Map.of());
        }

        private Optional<GraphRecord> after(Optional<GraphRecord> before, Optional<ObservedGraph> seen) {
            return result == CommitResult.STORED
                    ? before.map(was -> new GraphRecord(was.desired().kept(), stored, seen.orElse(was.observed())))
                    : before;
        }
    }

    private CommittedGraph writeDecision(
            GraphId graph,
            long expectedRevision,
            DecidedGraph decided,
            Map<ClusterId, Resources> reservation,
            Headroom headroom,
            Optional<DecisionRecord> record,
            TransactionalWrites transactionalWrites) {
        return database.transactions().write("store the decision about graph " + graph, entities -> {
            CommittedGraph committed = tryCommit(entities, graph, expectedRevision, decided, reservation, headroom);
            if (committed.result() == CommitResult.STORED) {
                record.ifPresent(decision -> DecisionTable.append(entities, List.of(decision)));
                transactionalWrites.observed().ifPresent(seen -> new Sql(entities)
                        .update(ObservedRow.UPDATE, ObservedRow.values(graph, seen)));
                record(entities, transactionalWrites);
            } else {
                entities.getTransaction().setRollbackOnly();
            }
            return committed;
        });
    }

    private CommittedGraph tryCommit(
            EntityManager entities,
            GraphId graph,
            long expectedRevision,
            DecidedGraph decided,
            Map<ClusterId, Resources> reservation,
            Headroom headroom) {
        OptionalLong revision = GraphLock.take(entities, graph);
        if (revision.isEmpty() || revision.getAsLong() != expectedRevision) {
            return CommittedGraph.not(CommitResult.STALE);
        }
        Map<ClusterId, Resources> held = decided.transition().held();
        if (!new QuotaCheck(new Sql(entities), database.quotas()).fits(graph, reservation, held)) {
            return CommittedGraph.not(CommitResult.OVER_QUOTA);
        }
        Optional<Map<CapacityKey, CapacitySum>> reserved =
                new ReservationTable(entities).replace(graph, reservation, held, headroom);
        if (reserved.isEmpty()) {
            return CommittedGraph.not(CommitResult.NO_CAPACITY);
        }
        Sql sql = new Sql(entities);
        if (sql.update(DecidedRow.UPDATE, DecidedRow.values(graph, decided)) == 0) {
            sql.update(DecidedRow.INSERT, DecidedRow.values(graph, decided));
        }
        // Decided: from now on the graph is kept, also after a crash.
        sql.update(
                "update desired set provisional = ?1 where project = ?2 and name = ?3 and provisional = ?4",
                false,
                graph.project(),
                graph.name(),
                true);
        return new CommittedGraph(CommitResult.STORED, Optional.of(DecidedRow.stored(decided)), reserved.get());
    }

    @Override
    public void observe(GraphId graph, ObservedGraph observed, TransactionalWrites transactionalWrites) {
        database.records()
                .write(
                        graph,
                        () -> database.transactions().write("store the observed state of graph " + graph, entities -> {
                            boolean present = GraphLock.take(entities, graph).isPresent();
                            if (present) {
                                new Sql(entities).update(ObservedRow.UPDATE, ObservedRow.values(graph, observed));
                                record(entities, transactionalWrites);
                            }
                            return present;
                        }),
                        (before, present) -> before.filter(was -> present)
                                .map(was -> new GraphRecord(was.desired(), was.decided(), observed)));
    }

    @Override
    public void release(GraphId graph) {
        database.reserved()
                .change(
                        () -> database.transactions().write("release the reservations of graph " + graph, entities -> {
                            GraphLock.take(entities, graph);
                            return new ReservationTable(entities).release(graph);
                        }),
                        change -> change);
    }

    @Override
    public void delete(GraphId graph, TransactionalWrites transactionalWrites) {
        database.records()
                .write(
                        graph,
                        () -> database.reserved()
                                .change(
                                        () -> database.transactions().write("delete graph " + graph, entities -> {
                                            if (GraphLock.take(entities, graph).isEmpty()) {
                                                return Map.<CapacityKey, CapacitySum>of();
                                            }
                                            Map<CapacityKey, CapacitySum> released =
                                                    new ReservationTable(entities).release(graph);
                                            record(entities, transactionalWrites);
                                            new Sql(entities)
                                                    .update(
                                                            "delete from desired where project = ?1 and name = ?2",
                                                            graph.project(),
                                                            graph.name());
                                            return released;
                                        }),
                                        change -> change),
                        (before, gone) -> Optional.empty());
    }
}
