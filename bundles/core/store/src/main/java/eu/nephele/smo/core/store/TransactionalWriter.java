// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.store;

import eu.nephele.smo.core.contract.store.TransactionalWrites;
import eu.nephele.smo.core.store.row.RevisionColumns;
import javax.persistence.EntityManager;

/** Writes what belongs to a change of a graph, in the transaction of the change. */
final class TransactionalWriter {

    private final Outbox outbox;

    TransactionalWriter(Outbox outbox) {
        this.outbox = outbox;
    }

    /** @throws eu.nephele.smo.api.runtime.SmoException {@code CONFLICT} when the key of the request is taken */
    void claimKey(EntityManager entities, TransactionalWrites transactionalWrites) {
        transactionalWrites.idempotency().ifPresent(key -> OperationTable.claim(entities, key));
    }

    /**
     * Writes everything but the key of the request. The row of the graph has to exist and to be locked, so that no
     * other transaction draws a number in between.
     */
    void write(EntityManager entities, TransactionalWrites transactionalWrites) {
        transactionalWrites.revision().ifPresent(revision -> new Sql(entities)
                .update(RevisionColumns.INSERT, RevisionColumns.toRow(revision)));
        OperationTable.save(entities, transactionalWrites.operations());
        outbox.append(entities, transactionalWrites.events());
    }
}
