// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.store;

import eu.nephele.smo.api.model.ClusterId;
import eu.nephele.smo.core.contract.event.EventDraft;
import eu.nephele.smo.core.contract.store.ClusterStore;
import eu.nephele.smo.core.store.row.NoteColumns;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Notes of clusters in the table {@code cluster_note}. */
@Component(service = ClusterStore.class)
public final class JpaClusterStore implements ClusterStore {

    private final Transactions transactions;
    private final Outbox outbox;

    @Activate
    public JpaClusterStore(@Reference Database database) {
        this.transactions = database.transactions();
        this.outbox = database.outbox();
    }

    @Override
    public List<ClusterNote> list() {
        return transactions.read("read the notes on clusters", entities -> new Sql(entities)
                .list(NoteColumns::cluster, NoteColumns.SELECT_CLUSTERS).stream()
                        .sorted(Comparator.comparing(ClusterNote::cluster))
                        .toList());
    }

    @Override
    public void save(Collection<ClusterNote> notes, List<EventDraft> events) {
        transactions.write("store the notes on " + notes.size() + " clusters", entities -> {
            List<@Nullable Object[]> rows = new ArrayList<>();
            notes.stream()
                    .sorted(Comparator.comparing(ClusterNote::cluster))
                    .forEach(note -> rows.add(NoteColumns.toRow(note)));
            new Sql(entities).upsert(NoteColumns.UPDATE_CLUSTER, NoteColumns.INSERT_CLUSTER, rows);
            outbox.append(entities, events);
            return true;
        });
    }

    @Override
    public void delete(ClusterId cluster, List<EventDraft> events) {
        transactions.write("delete the note on cluster " + cluster, entities -> {
            new Sql(entities)
                    .update(
                            "delete from cluster_note where cluster_name = ?1 and cluster_source = ?2",
                            cluster.name(),
                            cluster.source());
            outbox.append(entities, events);
            return true;
        });
    }
}
