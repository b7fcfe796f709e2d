// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.store.row;

import eu.nephele.smo.api.port.AuditSink.AuditRecord;
import eu.nephele.smo.core.contract.audit.AuditBatch.AuditIntent;
import eu.nephele.smo.core.contract.audit.AuditEntry;
import eu.nephele.smo.core.contract.audit.AuditHead;
import eu.nephele.smo.core.contract.audit.AuditKey;
import eu.nephele.smo.core.contract.audit.AuditSeal;
import eu.nephele.smo.core.contract.audit.AuditSeal.SealKind;
import eu.nephele.smo.core.contract.json.JsonFieldReader;
import eu.nephele.smo.core.contract.json.JsonFieldWriter;
import eu.nephele.smo.core.contract.json.StrictJson;
import java.time.Instant;

/** The audit in the tables {@code audit_entry}, {@code audit_intent}, {@code audit_seal} and {@code audit_key}. */
public final class AuditColumns {

    private static final String ENTRY =
            "sequence, epoch, id, happened_at, actor, address, action, target, outcome, correlation_id, before_digest,"
                    + " after_digest, detail, decision, request, previous_hash, entry_hash";
    private static final String SEAL = "kind, sequence, epoch, entry_hash, sealed_at, installation, key_id, signature";

    public static final String APPEND =
            "insert into audit_entry (" + ENTRY + ") values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)";
    public static final String ENTRIES = "select " + ENTRY + " from audit_entry";
    public static final String BEGIN =
            "insert into audit_intent (id, begun_at, content) values (?, ?, ?) on conflict do nothing";
    public static final String INTENTS = "select id, content from audit_intent order by begun_at, id";
    public static final String ADD_SEAL =
            "insert into audit_seal (" + SEAL + ") values (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)";
    public static final String SEALS = "select " + SEAL + " from audit_seal";

    private AuditColumns() {}

    public static Object[] toRow(AuditEntry entry) {
        AuditRecord content = entry.content();
        return new Object[] {
            entry.sequence(),
            entry.epoch(),
            entry.id(),
            InstantColumn.text(content.at()),
            content.principal(),
            content.sourceAddress(),
            content.action(),
            content.target(),
            content.outcome(),
            content.correlationId(),
            content.before(),
            content.after(),
            content.detail(),
            content.decision(),
            content.request(),
            entry.previous(),
            entry.hash()
        };
    }

    public static AuditEntry entry(Object... row) {
        RowReader columns = new RowReader(row);
        long sequence = columns.number();
        long epoch = columns.number();
        String id = columns.text();
        Instant at = columns.instant();
        String actor = columns.text();
        String address = columns.text();
        String action = columns.text();
        String target = columns.text();
        String outcome = columns.text();
        String correlationId = columns.text();
        String before = columns.text();
        String after = columns.text();
        String detail = columns.text();
        String decision = columns.text();
        AuditRecord content = new AuditRecord(
                at,
                actor,
                address,
                action,
                target,
                outcome,
                correlationId,
                before,
                after,
                detail,
                decision,
                columns.text());
        String previous = columns.text();
        return new AuditEntry(sequence, epoch, id, content, previous, columns.text());
    }

    public static AuditHead head(Object... row) {
        RowReader columns = new RowReader(row);
        long sequence = columns.number();
        long epoch = columns.number();
        return new AuditHead(sequence, epoch, columns.text());
    }

    public static Object[] toRow(AuditIntent intent) {
        AuditRecord content = intent.content();
        String json = new JsonFieldWriter()
                .put("at", content.at().toString())
                .put("actor", content.principal())
                .put("address", content.sourceAddress())
                .put("action", content.action())
                .put("target", content.target())
                .put("correlationId", content.correlationId())
                .put("before", content.before())
                .put("detail", content.detail())
                .put("decision", content.decision())
                .put("request", content.request())
                .object()
                .toJson();
        return new Object[] {intent.id(), InstantColumn.text(content.at()), json};
    }

    public static AuditIntent intent(Object... row) {
        RowReader columns = new RowReader(row);
        String id = columns.text();
        JsonFieldReader fields = new JsonFieldReader(StrictJson.parseObject(columns.text()));
        return new AuditIntent(
                id,
                new AuditRecord(
                        fields.instant("at"),
                        fields.text("actor"),
                        fields.text("address"),
                        fields.text("action"),
                        fields.text("target"),
                        "",
                        fields.text("correlationId"),
                        fields.text("before"),
                        "",
                        fields.text("detail"),
                        fields.text("decision"),
                        fields.text("request")));
    }

    public static Object[] toRow(AuditSeal seal) {
        return new Object[] {
            seal.kind().name(),
            seal.head().sequence(),
            seal.head().epoch(),
            seal.head().hash(),
            InstantColumn.text(seal.at()),
            seal.installation(),
            seal.key(),
            seal.signature()
        };
    }

    public static AuditSeal seal(Object... row) {
        RowReader columns = new RowReader(row);
        SealKind kind = SealKind.valueOf(columns.text());
        long sequence = columns.number();
        long epoch = columns.number();
        AuditHead head = new AuditHead(sequence, epoch, columns.text());
        Instant at = columns.instant();
        String installation = columns.text();
        String key = columns.text();
        return new AuditSeal(kind, installation, head, at, key, columns.text());
    }

    public static AuditKey key(Object... row) {
        RowReader columns = new RowReader(row);
        String id = columns.text();
        String encoded = columns.text();
        return new AuditKey(id, encoded, columns.instant());
    }
}
