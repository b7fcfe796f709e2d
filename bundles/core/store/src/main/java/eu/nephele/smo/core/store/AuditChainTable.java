// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.store;

import eu.nephele.smo.api.port.AuditSink.AuditRecord;
import eu.nephele.smo.api.runtime.SmoException;
import eu.nephele.smo.core.contract.audit.AuditBatch;
import eu.nephele.smo.core.contract.audit.AuditBatch.AuditDraft;
import eu.nephele.smo.core.contract.audit.AuditEntry;
import eu.nephele.smo.core.contract.audit.AuditHead;
import eu.nephele.smo.core.contract.store.AuditStore;
import eu.nephele.smo.core.store.row.AuditColumns;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Appends to the audit chain, inside one transaction. Its head is locked first: entries are written one group after the other. */
final class AuditChainTable {

    private static final String ACCEPTED = "accepted";
    private static final int KEYS_PER_QUERY = 500;

    private final Sql sql;

    AuditChainTable(Sql sql) {
        this.sql = sql;
    }

    List<AuditEntry> write(AuditBatch batch) {
        AuditHead head = sql.list(
                        AuditColumns::head,
                        "select sequence, epoch, entry_hash from audit_head where id = 1 for update")
                .get(0);
        if (head.epoch() > batch.epoch()) {
            throw SmoException.of(
                    SmoException.Kind.UNAVAILABLE,
                    "database",
                    "The audit is written by epoch %d, and no longer by epoch %d"
                            .formatted(head.epoch(), batch.epoch()),
                    Optional.empty());
        }
        List<AuditEntry> appended = append(head, batch);
        sql.batch(
                AuditColumns.BEGIN,
                batch.begun().stream().map(AuditColumns::toRow).toList());
        batch.cursor().ifPresent(cursor -> save(cursor.name(), cursor.sequence()));
        return appended;
    }

    private List<AuditEntry> append(AuditHead head, AuditBatch batch) {
        if (batch.entries().isEmpty()) {
            return List.of();
        }
        Map<String, String> known = outcomes(batch.entries().stream()
                .filter(AuditDraft::again)
                .map(AuditDraft::id)
                .toList());
        Set<String> requests = acceptedRequests(batch.entries());
        List<AuditEntry> appended = new ArrayList<>();
        AuditHead end = head;
        for (AuditDraft draft : batch.entries()) {
            Optional<AuditDraft> due = due(draft, Optional.ofNullable(known.get(draft.id())));
            if (due.isPresent()) {
                AuditEntry entry = AuditEntry.following(
                        end, batch.epoch(), due.get().id(), once(due.get().content(), requests));
                appended.add(entry);
                end = entry.head();
            }
        }
        insert(appended, end);
        sql.batch(
                "delete from audit_intent where id = ?",
                batch.entries().stream().map(draft -> new Object[] {draft.id()}).toList());
        return List.copyOf(appended);
    }

    private void insert(List<AuditEntry> appended, AuditHead end) {
        if (!appended.isEmpty()) {
            sql.batch(
                    AuditColumns.APPEND,
                    appended.stream().map(AuditColumns::toRow).toList());
            sql.update(
                    "update audit_head set sequence = ?1, epoch = ?2, entry_hash = ?3 where id = 1",
                    end.sequence(),
                    end.epoch(),
                    end.hash());
        }
    }

    /** An entry that is in the chain is not due; the outcome of one that was interrupted is, as a further one. */
    private static Optional<AuditDraft> due(AuditDraft draft, Optional<String> outcome) {
        if (outcome.isEmpty()) {
            return Optional.of(draft);
        }
        AuditRecord content = draft.content();
        return outcome.get().equals(AuditStore.INTERRUPTED)
                        && !content.outcome().equals(AuditStore.INTERRUPTED)
                ? Optional.of(new AuditDraft(
                        UUID.randomUUID().toString(),
                        content.withDetail("outcome of %s %s"
                                .formatted(draft.id(), content.detail())
                                .strip()),
                        false))
                : Optional.empty();
    }

    private static AuditRecord once(AuditRecord content, Set<String> accepted) {
        boolean again =
                content.outcome().equals(ACCEPTED) && !content.request().isEmpty() && !accepted.add(content.request());
        return again ? content.withOutcome(AuditStore.REPEATED) : content;
    }

    private Map<String, String> outcomes(List<String> ids) {
        Map<String, String> found = new HashMap<>();
        inParts(
                ids,
                marks -> "select id, outcome from audit_entry where id in (" + marks + ")",
                row -> found.put(String.valueOf(row[0]), String.valueOf(row[1])));
        return found;
    }

    private Set<String> acceptedRequests(List<AuditDraft> drafts) {
        Set<String> found = new HashSet<>();
        inParts(
                drafts.stream()
                        .map(AuditDraft::content)
                        .filter(content -> content.outcome().equals(ACCEPTED))
                        .map(AuditRecord::request)
                        .filter(request -> !request.isEmpty())
                        .distinct()
                        .toList(),
                marks -> "select request, outcome from audit_entry where outcome = '" + ACCEPTED + "' and request in ("
                        + marks + ")",
                row -> found.add(String.valueOf(row[0])));
        return found;
    }

    private interface RowVisitor {
        void visit(Object... row);
    }

    private void inParts(List<String> keys, Function<String, String> query, RowVisitor visitor) {
        for (int from = 0; from < keys.size(); from += KEYS_PER_QUERY) {
            List<String> part = keys.subList(from, Math.min(keys.size(), from + KEYS_PER_QUERY));
            sql.rows(query.apply(Sql.marks(1, part.size())), part.toArray()).forEach(visitor::visit);
        }
    }

    void save(String name, long sequence) {
        List<@Nullable Object[]> rows = new ArrayList<>();
        rows.add(new Object[] {sequence, name});
        sql.upsert(
                "update audit_cursor set sequence = ? where name = ?",
                "insert into audit_cursor (sequence, name) values (?, ?) on conflict do nothing",
                rows);
    }
}
