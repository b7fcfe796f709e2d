// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.store;

import eu.nephele.smo.api.model.GraphId;
import eu.nephele.smo.core.contract.event.EventDraft;
import eu.nephele.smo.core.contract.store.AlertStore;
import eu.nephele.smo.core.store.row.NoteColumns;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.NavigableSet;
import java.util.TreeSet;
import java.util.stream.Collectors;
import javax.persistence.EntityManager;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** States of alerts in the table {@code alert_state}. */
@Component(service = AlertStore.class)
public final class JpaAlertStore implements AlertStore {

    private static final int GRAPHS_PER_QUERY = 200;

    private final Transactions transactions;
    private final Outbox outbox;

    @Activate
    public JpaAlertStore(@Reference Database database) {
        this.transactions = database.transactions();
        this.outbox = database.outbox();
    }

    @Override
    public List<AlertState> states(Collection<GraphId> graphs) {
        List<GraphId> wanted = List.copyOf(new TreeSet<>(graphs));
        return transactions.read("read the alerts of " + wanted.size() + " graphs", entities -> {
            List<AlertState> states = new ArrayList<>();
            for (int from = 0; from < wanted.size(); from += GRAPHS_PER_QUERY) {
                states.addAll(read(entities, wanted.subList(from, Math.min(wanted.size(), from + GRAPHS_PER_QUERY))));
            }
            return states;
        });
    }

    private static List<AlertState> read(EntityManager entities, List<GraphId> graphs) {
        List<String> conditions = new ArrayList<>();
        List<Object> parameters = new ArrayList<>();
        for (GraphId graph : graphs) {
            parameters.add(graph.project());
            parameters.add(graph.name());
            conditions.add("project = ?%d and name = ?%d".formatted(parameters.size() - 1, parameters.size()));
        }
        String where = conditions.stream().collect(Collectors.joining(" or ", " where ", ""));
        return new Sql(entities)
                .list(
                        NoteColumns::alert,
                        NoteColumns.SELECT_ALERTS + where + " order by project, name, service, event, fingerprint",
                        parameters.toArray());
    }

    @Override
    public void save(Collection<AlertState> states, List<EventDraft> events) {
        NavigableSet<GraphId> graphs = new TreeSet<>();
        states.forEach(state -> graphs.add(state.graph()));
        events.forEach(event -> event.graph().ifPresent(graphs::add));
        transactions.write("store the states of " + states.size() + " alerts", entities -> {
            NavigableSet<GraphId> present = Outbox.lock(entities, graphs);
            List<@Nullable Object[]> rows = new ArrayList<>();
            states.stream()
                    .filter(state -> present.contains(state.graph()))
                    .forEach(state -> rows.add(NoteColumns.toRow(state)));
            new Sql(entities).upsert(NoteColumns.UPDATE_ALERT, NoteColumns.INSERT_ALERT, rows);
            outbox.append(entities, events);
            return true;
        });
    }

    @Override
    public void forget(GraphId graph) {
        transactions.write("delete the alerts of graph " + graph, entities -> new Sql(entities)
                .update("delete from alert_state where project = ?1 and name = ?2", graph.project(), graph.name()));
    }
}
