// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.store;

import eu.nephele.smo.core.contract.store.TombstoneStore;
import eu.nephele.smo.core.store.row.InstantColumn;
import eu.nephele.smo.core.store.row.NoteColumns;
import java.util.List;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Tombstones of orphans in the table {@code tombstone}. */
@Component(service = TombstoneStore.class)
public final class JpaTombstoneStore implements TombstoneStore {

    private final Transactions transactions;

    @Activate
    public JpaTombstoneStore(@Reference Database database) {
        this.transactions = database.transactions();
    }

    @Override
    public List<Tombstone> list() {
        return transactions.read("read the tombstones", entities -> new Sql(entities)
                .list(
                        NoteColumns::tombstone,
                        NoteColumns.SELECT_TOMBSTONES + " order by project, name, service, kind"));
    }

    @Override
    public void put(Tombstone tombstone) {
        transactions.write("store the tombstone of " + tombstone.workload(), entities -> new Sql(entities)
                .update(
                        "insert into tombstone (project, name, service, kind, found_at) values (?1, ?2, ?3, ?4, ?5)"
                                + " on conflict do nothing",
                        tombstone.workload().graph().project(),
                        tombstone.workload().graph().name(),
                        tombstone.workload().service(),
                        tombstone.kind(),
                        InstantColumn.text(tombstone.foundAt())));
    }

    @Override
    public void delete(Tombstone tombstone) {
        transactions.write("delete the tombstone of " + tombstone.workload(), entities -> new Sql(entities)
                .update(
                        "delete from tombstone where project = ?1 and name = ?2 and service = ?3 and kind = ?4",
                        tombstone.workload().graph().project(),
                        tombstone.workload().graph().name(),
                        tombstone.workload().service(),
                        tombstone.kind()));
    }
}
