// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.store;

import eu.nephele.smo.core.contract.audit.AuditBatch;
import eu.nephele.smo.core.contract.audit.AuditBatch.AuditCursor;
import eu.nephele.smo.core.contract.audit.AuditBatch.AuditIntent;
import eu.nephele.smo.core.contract.audit.AuditEntry;
import eu.nephele.smo.core.contract.audit.AuditHead;
import eu.nephele.smo.core.contract.audit.AuditKey;
import eu.nephele.smo.core.contract.audit.AuditQuery;
import eu.nephele.smo.core.contract.audit.AuditSeal;
import eu.nephele.smo.core.contract.store.AuditStore;
import eu.nephele.smo.core.store.row.AuditColumns;
import eu.nephele.smo.core.store.row.InstantColumn;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** The audit in the tables {@code audit_…}. */
@Component(service = AuditStore.class)
public final class JpaAuditStore implements AuditStore {

    private static final Duration HEADS_KEPT = Duration.ofDays(1);
    private static final String CHECKPOINT =
            AuditColumns.SEALS + " where kind = 'CHECKPOINT' order by sequence desc fetch first 1 rows only";

    private final Transactions transactions;

    @Activate
    public JpaAuditStore(@Reference Database database) {
        this.transactions = database.transactions();
    }

    @Override
    public AuditHead head() {
        return transactions.read("read the end of the audit", entities -> new Sql(entities)
                .list(AuditColumns::head, "select sequence, epoch, entry_hash from audit_head where id = 1")
                .get(0));
    }

    @Override
    public List<AuditEntry> write(AuditBatch batch) {
        return transactions.write(
                "store %d entries of the audit".formatted(batch.entries().size()),
                entities -> new AuditChainTable(new Sql(entities)).write(batch));
    }

    @Override
    public List<AuditIntent> intents() {
        return transactions.read("read the changes that have begun", entities -> new Sql(entities)
                .list(AuditColumns::intent, AuditColumns.INTENTS));
    }

    @Override
    public List<AuditEntry> entries(AuditQuery query, int limit) {
        return transactions.read("read the audit", entities -> {
            Sql sql = new Sql(entities);
            long removed = checkpoint(sql)
                    .map(checkpoint -> checkpoint.head().sequence())
                    .orElse(0L);
            return new AuditEntryQuery(query, Math.max(query.after(), removed), limit).run(sql);
        });
    }

    @Override
    public OptionalLong cursor(String name) {
        return transactions.read("read the cursor of the audit " + name, entities -> new Sql(entities)
                .values("select sequence from audit_cursor where name = ?1", name).stream()
                        .mapToLong(sequence -> ((Number) sequence).longValue())
                        .findFirst());
    }

    @Override
    public void saveCursor(AuditCursor cursor) {
        transactions.write("store the cursor of the audit " + cursor.name(), entities -> {
            new AuditChainTable(new Sql(entities)).save(cursor.name(), cursor.sequence());
            return true;
        });
    }

    @Override
    public void seal(AuditSeal head) {
        transactions.write("store a signed head of the audit", entities -> {
            Sql sql = new Sql(entities);
            sql.update(
                    "delete from audit_seal where kind = ?1 and (sequence = ?2 or sealed_at < ?3)",
                    head.kind().name(),
                    head.head().sequence(),
                    InstantColumn.text(head.at().minus(HEADS_KEPT)));
            return sql.update(AuditColumns.ADD_SEAL, AuditColumns.toRow(head));
        });
    }

    @Override
    public List<AuditSeal> seals(long after) {
        return transactions.read("read the signed heads of the audit", entities -> new Sql(entities)
                .list(
                        AuditColumns::seal,
                        AuditColumns.SEALS + " where kind = 'HEAD' and sequence > ?1 order by sequence",
                        after));
    }

    @Override
    public Optional<AuditSeal> checkpoint() {
        return transactions.read("read the checkpoint of the audit", entities -> checkpoint(new Sql(entities)));
    }

    private static Optional<AuditSeal> checkpoint(Sql sql) {
        return sql.list(AuditColumns::seal, CHECKPOINT).stream().findFirst();
    }

    @Override
    public Optional<AuditHead> lastBefore(Instant instant) {
        return transactions.read("read the last entry of the audit before " + instant, entities -> new Sql(entities)
                        .list(
                                AuditColumns::head,
                                "select sequence, epoch, entry_hash from audit_entry where sequence <"
                                        + " coalesce((select min(sequence) from audit_entry where happened_at >= ?1),"
                                        + " (select sequence + 1 from audit_head where id = 1))"
                                        + " order by sequence desc fetch first 1 rows only",
                                InstantColumn.text(instant))
                        .stream()
                        .findFirst());
    }

    @Override
    public long remove(AuditSeal checkpoint) {
        transactions.write("store a checkpoint of the audit", entities -> {
            Sql sql = new Sql(entities);
            sql.update("delete from audit_seal where kind = 'CHECKPOINT'");
            return sql.update(AuditColumns.ADD_SEAL, AuditColumns.toRow(checkpoint));
        });
        return new BatchedDelete(transactions, "remove old entries of the audit").run(entities -> new Sql(entities)
                .update(
                        "delete from audit_entry where sequence in (select sequence from audit_entry where"
                                + " sequence <= ?1 order by sequence"
                                + BatchedDelete.first(BatchedDelete.STEP) + ")",
                        checkpoint.head().sequence()));
    }

    @Override
    public List<AuditKey> keys() {
        return transactions.read("read the keys of the audit", entities -> new Sql(entities)
                .list(AuditColumns::key, "select id, public_key, since from audit_key order by since, id"));
    }

    @Override
    public boolean addKey(AuditKey key) {
        return transactions.write("store a key of the audit", entities -> new Sql(entities)
                        .update(
                                "insert into audit_key (id, public_key, since) values (?1, ?2, ?3) on conflict do nothing",
                                key.id(),
                                key.encoded(),
                                InstantColumn.text(key.since())))
                > 0;
    }
}
