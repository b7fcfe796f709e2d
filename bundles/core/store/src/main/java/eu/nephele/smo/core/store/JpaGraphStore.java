// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.store;

import eu.nephele.smo.api.model.ClusterId;
import eu.nephele.smo.api.model.GraphId;
import eu.nephele.smo.api.model.Resources;
import eu.nephele.smo.core.contract.store.Alongside;
import eu.nephele.smo.core.contract.store.Decided;
import eu.nephele.smo.core.contract.store.DecisionRecord;
import eu.nephele.smo.core.contract.store.Desired;
import eu.nephele.smo.core.contract.store.GraphRecord;
import eu.nephele.smo.core.contract.store.GraphStore;
import eu.nephele.smo.core.contract.store.GraphSummary;
import eu.nephele.smo.core.contract.store.Headroom;
import eu.nephele.smo.core.contract.store.Observed;
import eu.nephele.smo.core.store.row.DecidedRow;
import eu.nephele.smo.core.store.row.DesiredRow;
import eu.nephele.smo.core.store.row.GraphKey;
import eu.nephele.smo.core.store.row.ObservedRow;
import eu.nephele.smo.core.store.row.SummaryColumns;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
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

    private final Database database;
    private final Companions companions;

    @Activate
    public JpaGraphStore(@Reference Database database) {
        this.database = database;
        this.companions = new Companions(database.outbox());
    }

    @Override
    public Optional<GraphRecord> find(GraphId graph) {
        return query("read graph " + graph, OF_GRAPH, Map.of("project", graph.project(), "name", graph.name())).stream()
                .findFirst();
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
    public List<GraphSummary> summaries() {
        return summaries("read what is known of all graphs", "", Map.of());
    }

    @Override
    public List<GraphSummary> summaries(String project) {
        return summaries(
                "read what is known of the graphs of project " + project, OF_PROJECT, Map.of("project", project));
    }

    @Override
    public List<GraphSummary> holding(GraphId graph, Collection<String> services) {
        return database.transactions().read("read which graphs hold the services of graph " + graph, entities -> {
            Set<String> names = new TreeSet<>(
                    new Names(entities).owners(graph.project(), services).values());
            names.add(graph.name());
            TypedQuery<Object[]> query = entities.createQuery(SummaryColumns.QUERY + OF_GRAPH, Object[].class)
                    .setParameter("project", graph.project());
            return names.stream()
                    .flatMap(name -> query.setParameter("name", name).getResultList().stream())
                    .map(SummaryColumns::summary)
                    .toList();
        });
    }

    private List<GraphSummary> summaries(String what, String condition, Map<String, String> parameters) {
        return database.transactions().read(what, entities -> {
            TypedQuery<Object[]> query = entities.createQuery(SummaryColumns.QUERY + condition, Object[].class);
            parameters.forEach(query::setParameter);
            return query.getResultList().stream()
                    .map(SummaryColumns::summary)
                    .sorted(Comparator.comparing(GraphSummary::id))
                    .toList();
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
                        .orElseGet(Observed::nothing));
    }

    @Override
    public void insert(Desired desired, Alongside alongside) {
        database.transactions().write("store graph " + desired.id(), entities -> {
            // First: of two equal requests at once, the slower one shall hear of its key, not of the name that the
            // other took.
            companions.claimKey(entities, alongside);
            Names names = new Names(entities);
            names.requireFree(desired.id());
            entities.persist(new DesiredRow(desired));
            entities.flush();
            names.claimServices(desired);
            entities.persist(new ObservedRow(desired.id(), Observed.nothing()));
            companions.write(entities, alongside);
            return true;
        });
    }

    @Override
    public boolean update(Desired desired, Alongside alongside) {
        return database.transactions().write("update graph " + desired.id(), entities -> {
            OptionalLong revision = GraphLock.take(entities, desired.id());
            if (revision.isEmpty() || revision.getAsLong() != desired.revision() - 1) {
                entities.getTransaction().setRollbackOnly();
                return false;
            }
            new Names(entities).claimServices(desired);
            entities.find(DesiredRow.class, new GraphKey(desired.id())).set(desired);
            record(entities, alongside);
            return true;
        });
    }

    private void record(EntityManager entities, Alongside alongside) {
        companions.claimKey(entities, alongside);
        companions.write(entities, alongside);
    }

    @Override
    public CommitResult commit(
            GraphId graph,
            long expectedRevision,
            Decided decided,
            Map<ClusterId, Resources> reservation,
            Headroom headroom,
            Optional<DecisionRecord> record,
            Alongside alongside) {
        Lock shared = database.snapshots().readLock();
        shared.lock();
        try {
            return database.transactions().write("store the decision about graph " + graph, entities -> {
                CommitResult result = tryCommit(entities, graph, expectedRevision, decided, reservation, headroom);
                if (result == CommitResult.STORED) {
                    record.ifPresent(decision -> Decisions.append(entities, List.of(decision)));
                    record(entities, alongside);
                } else {
                    entities.getTransaction().setRollbackOnly();
                }
                return result;
            });
        } finally {
            shared.unlock();
        }
    }

    private static CommitResult tryCommit(
            EntityManager entities,
            GraphId graph,
            long expectedRevision,
            Decided decided,
            Map<ClusterId, Resources> reservation,
            Headroom headroom) {
        OptionalLong revision = GraphLock.take(entities, graph);
        if (revision.isEmpty() || revision.getAsLong() != expectedRevision) {
            return CommitResult.STALE;
        }
        if (!new Ledger(entities).replace(graph, reservation, headroom)) {
            return CommitResult.NO_CAPACITY;
        }
        DecidedRow row = entities.find(DecidedRow.class, new GraphKey(graph));
        if (row == null) {
            entities.persist(new DecidedRow(graph, decided));
        } else {
            row.set(decided);
        }
        // Decided: from now on the graph is kept, whatever happens to the process.
        new Sql(entities)
                .update(
                        "update desired set provisional = ?1 where project = ?2 and name = ?3 and provisional = ?4",
                        false,
                        graph.project(),
                        graph.name(),
                        true);
        return CommitResult.STORED;
    }

    @Override
    public void observe(GraphId graph, Observed observed, Alongside alongside) {
        database.transactions().write("store what was seen of graph " + graph, entities -> {
            boolean present = GraphLock.take(entities, graph).isPresent();
            if (present) {
                entities.find(ObservedRow.class, new GraphKey(graph)).set(observed);
                record(entities, alongside);
            }
            return present;
        });
    }

    @Override
    public void release(GraphId graph) {
        database.transactions().write("release the reservations of graph " + graph, entities -> {
            GraphLock.take(entities, graph);
            new Ledger(entities).release(graph);
            return true;
        });
    }

    @Override
    public void delete(GraphId graph, Alongside alongside) {
        database.transactions().write("delete graph " + graph, entities -> {
            boolean present = GraphLock.take(entities, graph).isPresent();
            if (present) {
                new Ledger(entities).release(graph);
                record(entities, alongside);
                new Sql(entities)
                        .update("delete from desired where project = ?1 and name = ?2", graph.project(), graph.name());
            }
            return present;
        });
    }
}
