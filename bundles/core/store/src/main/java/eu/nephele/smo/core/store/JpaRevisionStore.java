// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.store;

import eu.nephele.smo.api.graph.Revision;
import eu.nephele.smo.api.model.GraphId;
import eu.nephele.smo.core.contract.store.RevisionStore;
import eu.nephele.smo.core.store.row.RevisionColumns;
import java.util.List;
import java.util.Optional;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Descriptors in the table {@code revision}. */
@Component(service = RevisionStore.class)
public final class JpaRevisionStore implements RevisionStore {

    private static final String OF_GRAPH = RevisionColumns.SELECT + " where project = ?1 and name = ?2";

    private static final String SURPLUS =
            "select project, name, number from (select r.project, r.name, r.number, d.descriptor_revision, o.good_revision,"
                    + " row_number() over (partition by r.project, r.name order by r.number desc) as place from revision r"
                    + " join desired d on d.project = r.project and d.name = r.name"
                    + " left join observed o on o.project = r.project and o.name = r.name) ranked"
                    + " where place > ?1 and number <> descriptor_revision and number <> coalesce(good_revision, 0)";

    private final Transactions transactions;

    @Activate
    public JpaRevisionStore(@Reference Database database) {
        this.transactions = database.transactions();
    }

    @Override
    public Optional<Revision> find(GraphId graph, long number) {
        return transactions.read("read revision " + number + " of graph " + graph, entities -> new Sql(entities)
                        .list(
                                RevisionColumns::revision,
                                OF_GRAPH + " and number = ?3",
                                graph.project(),
                                graph.name(),
                                number)
                        .stream()
                        .findFirst());
    }

    @Override
    public List<Revision> list(GraphId graph) {
        return transactions.read("read the revisions of graph " + graph, entities -> new Sql(entities)
                .list(RevisionColumns::revision, OF_GRAPH + " order by number desc", graph.project(), graph.name()));
    }

    @Override
    public long prune(int perGraph) {
        return new BatchedDelete(transactions, "prune the revisions").run(entities -> {
            Sql sql = new Sql(entities);
            List<Object[]> surplus = sql.rows(SURPLUS + BatchedDelete.first(BatchedDelete.STEP), perGraph);
            return sql.batch("delete from revision where project = ? and name = ? and number = ?", surplus)
                    .size();
        });
    }
}
