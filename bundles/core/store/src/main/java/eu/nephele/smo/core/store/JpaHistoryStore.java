// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.store;

import eu.nephele.smo.api.model.GraphId;
import eu.nephele.smo.api.runtime.ResourceRef;
import eu.nephele.smo.core.contract.event.StoredEvent;
import eu.nephele.smo.core.contract.store.DecisionRecord;
import eu.nephele.smo.core.contract.store.HistoryStore;
import eu.nephele.smo.core.store.row.DecisionRow;
import eu.nephele.smo.core.store.row.EventColumns;
import eu.nephele.smo.core.store.row.InstantColumn;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import javax.persistence.EntityManager;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** The history in the tables {@code decision}, {@code event} and {@code operation}. */
@Component(service = HistoryStore.class)
public final class JpaHistoryStore implements HistoryStore {

    private static final String OF_GRAPH = " from decision where project = ?1 and name = ?2";
    private static final String IN_SPAN = " and decided_at >= ?3 and decided_at < ?4";
    private static final String PLACED = " and kind = 'PLACEMENT' and outcome = 'placed'";
    private static final String ABOUT_GRAPH = EventColumns.SELECT + " where project = ?1 and name = ?2 and kind = '"
            + ResourceRef.GRAPH + "' and happened_at >= ?3 and happened_at < ?4";

    private final Transactions transactions;

    @Activate
    public JpaHistoryStore(@Reference Database database) {
        this.transactions = database.transactions();
    }

    @Override
    public List<DecisionRecord> decisions(GraphId graph, HistorySpan span, Set<String> outcomes, int limit) {
        return transactions.read("read the history of decisions of graph " + graph, entities -> {
            Object[] parameters = parameters(graph, span, outcomes);
            return records(
                    entities,
                    new Sql(entities)
                            .values(
                                    "select id" + OF_GRAPH + IN_SPAN + in("outcome", outcomes, 5) + " order by id"
                                            + first(limit),
                                    parameters));
        });
    }

    @Override
    public List<DecisionRecord> samples(GraphId graph, HistorySpan span, Set<String> outcomes, Duration width) {
        return transactions.read("read samples of the decisions of graph " + graph, entities -> {
            Object[] parameters = parameters(graph, span, outcomes);
            return records(
                    entities,
                    new Sql(entities)
                            .values(
                                    "select min(id) from (select id, " + part("decided_at", span, width) + " part"
                                            + OF_GRAPH + IN_SPAN + in("outcome", outcomes, 5)
                                            + ") sampled group by part",
                                    parameters));
        });
    }

    @Override
    public Optional<DecisionRecord> lastPlacement(GraphId graph, Instant before) {
        return transactions.read("read the placement of graph " + graph + " at " + before, entities -> records(
                        entities,
                        new Sql(entities)
                                .values(
                                        "select id" + OF_GRAPH + PLACED + " and decided_at < ?3 order by id desc"
                                                + first(1),
                                        graph.project(),
                                        graph.name(),
                                        InstantColumn.text(before)))
                .stream()
                .findFirst());
    }

    @Override
    public Optional<Instant> firstPlacement(GraphId graph, Instant since) {
        return transactions.read("read the first placement of graph " + graph, entities -> records(
                        entities,
                        new Sql(entities)
                                .values(
                                        "select id" + OF_GRAPH + PLACED + " and decided_at >= ?3 order by id"
                                                + first(1),
                                        graph.project(),
                                        graph.name(),
                                        InstantColumn.text(since)))
                .stream()
                .map(DecisionRecord::at)
                .findFirst());
    }

    /** By their ids: rows of decisions are read as entities are. */
    private static List<DecisionRecord> records(EntityManager entities, List<Object> ids) {
        return ids.isEmpty()
                ? List.of()
                : entities
                        .createQuery("select d from DecisionRow d where d.id in :ids order by d.id", DecisionRow.class)
                        .setParameter("ids", ids)
                        .getResultList()
                        .stream()
                        .map(row -> row.decision(Optional.empty()))
                        .toList();
    }

    @Override
    public List<StoredEvent> events(GraphId graph, HistorySpan span, int limit) {
        return transactions.read("read the events of graph " + graph, entities -> new Sql(entities)
                .list(
                        EventColumns::event,
                        ABOUT_GRAPH + " order by sequence" + first(limit),
                        parameters(graph, span, Set.of())));
    }

    @Override
    public Optional<StoredEvent> lastEvent(GraphId graph, Set<String> types, HistorySpan span) {
        return transactions.read("read the last event of graph " + graph, entities -> new Sql(entities)
                        .list(
                                EventColumns::event,
                                ABOUT_GRAPH + in("type", types, 5) + " order by sequence desc" + first(1),
                                parameters(graph, span, types))
                        .stream()
                        .findFirst());
    }

    @Override
    public Optional<Instant> firstEvent() {
        return transactions.read("read the first event", entities -> new Sql(entities)
                .list(EventColumns::event, EventColumns.SELECT + " order by sequence" + first(1)).stream()
                        .map(StoredEvent::time)
                        .findFirst());
    }

    @Override
    public List<RevisionMark> revisions(GraphId graph) {
        return transactions.read("read the numbers of the descriptors of graph " + graph, entities -> new Sql(entities)
                .list(
                        row -> new RevisionMark(
                                ((Number) row[0]).longValue(),
                                (String) row[1],
                                (String) row[2],
                                new InstantColumn().convertToEntityAttribute(row[3])),
                        "select number, cause, principal, created_at from revision where project = ?1 and name = ?2"
                                + " order by number",
                        graph.project(),
                        graph.name()));
    }

    @Override
    public List<ActivityCount> activity(HistorySpan span, Duration width) {
        return transactions.read("count what happened since " + span.from(), entities -> {
            List<ActivityCount> counts = new ArrayList<>();
            for (Counted counted : Counted.values()) {
                counts.addAll(counted.count(new Sql(entities), span, width));
            }
            return counts;
        });
    }

    /** Where something is counted: each condition is the beginning of an index, which has all that is read. */
    private enum Counted {
        PLACED(Activity.PLACED, "decision", "decided_at", "outcome = 'placed' and kind = 'PLACEMENT'"),
        INFEASIBLE(Activity.INFEASIBLE, "decision", "decided_at", "outcome = 'infeasible' and kind = 'PLACEMENT'"),
        SCALED(Activity.SCALED, "decision", "decided_at", "outcome = 'scaled' and kind = 'SCALING'"),
        MOVED(Activity.MOVED, "event", "happened_at", "type = 'service.moved'"),
        FAILED(Activity.FAILED, "operation", "updated_at", "state = 'FAILED'");

        private final Activity activity;
        private final String table;
        private final String time;
        private final String condition;

        Counted(Activity activity, String table, String time, String condition) {
            this.activity = activity;
            this.table = table;
            this.time = time;
            this.condition = condition;
        }

        private List<ActivityCount> count(Sql sql, HistorySpan span, Duration width) {
            return sql.list(
                    row -> new ActivityCount(
                            ((Number) row[0]).intValue(), (String) row[1], activity, ((Number) row[2]).longValue()),
                    "select part, project, count(*) from (select " + part(time, span, width) + " part, project from "
                            + table + " where " + condition + " and " + time + " >= ?1 and " + time
                            + " < ?2) counted group by part, project",
                    InstantColumn.text(span.from()),
                    InstantColumn.text(span.until()));
        }
    }

    /** The number of the part of a span in which a time is; numbers are written out, so that it can be grouped by. */
    private static String part(String time, HistorySpan span, Duration width) {
        return "cast(floor((extract(epoch from %s) * 1000 - %d) / %d) as integer)"
                .formatted(time, span.from().toEpochMilli(), Math.max(1, width.toMillis()));
    }

    private static String in(String column, Collection<String> values, int from) {
        return values.isEmpty() ? "" : " and %s in (%s)".formatted(column, Sql.marks(from, values.size()));
    }

    private static Object[] parameters(GraphId graph, HistorySpan span, Set<String> further) {
        List<Object> parameters = new ArrayList<>();
        parameters.add(graph.project());
        parameters.add(graph.name());
        parameters.add(InstantColumn.text(span.from()));
        parameters.add(InstantColumn.text(span.until()));
        parameters.addAll(new TreeSet<>(further));
        return parameters.toArray();
    }

    private static String first(long rows) {
        return " fetch first " + rows + " rows only";
    }
}
