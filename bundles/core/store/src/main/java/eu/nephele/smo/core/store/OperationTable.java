// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.store;

import eu.nephele.smo.api.runtime.Operation;
import eu.nephele.smo.api.runtime.SmoException;
import eu.nephele.smo.core.contract.store.IdempotencyRecord;
import eu.nephele.smo.core.store.row.InstantColumn;
import eu.nephele.smo.core.store.row.OperationColumns;
import java.util.ArrayList;
import java.util.List;
import javax.persistence.EntityManager;
import org.jspecify.annotations.Nullable;

final class OperationTable {

    private OperationTable() {}

    /** One that is final in the store is left as it is. */
    static void save(EntityManager entities, List<Operation> operations) {
        List<@Nullable Object[]> rows = new ArrayList<>(operations.size());
        operations.forEach(operation -> rows.add(OperationColumns.toRow(operation)));
        new Sql(entities).upsert(OperationColumns.UPDATE, OperationColumns.INSERT, rows);
    }

    /** @throws SmoException {@code CONFLICT} when the key is taken; the transaction has to be rolled back then */
    static void claim(EntityManager entities, IdempotencyRecord key) {
        int stored = new Sql(entities)
                .update(
                        "insert into idempotency_key (id, fingerprint, operation, created_at) values (?1, ?2, ?3, ?4)"
                                + " on conflict do nothing",
                        key.key(),
                        key.fingerprint(),
                        key.operation(),
                        InstantColumn.text(key.createdAt()));
        if (stored == 0) {
            throw SmoException.conflict(
                    "A request with the idempotency key '%s' was accepted already. Repeat it to get its operation, or choose another key."
                            .formatted(key.key()));
        }
    }
}
