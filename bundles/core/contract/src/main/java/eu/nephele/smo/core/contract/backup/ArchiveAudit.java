// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.contract.backup;

import eu.nephele.smo.api.port.AuditSink.AuditRecord;
import eu.nephele.smo.core.contract.audit.AuditEntry;
import eu.nephele.smo.core.contract.audit.AuditHead;
import eu.nephele.smo.core.contract.audit.AuditKey;
import eu.nephele.smo.core.contract.audit.AuditSeal;
import eu.nephele.smo.core.contract.audit.AuditSeal.SealKind;
import eu.nephele.smo.core.contract.audit.AuditVerdict;
import eu.nephele.smo.core.contract.audit.AuditVerifier;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Verifies the audit chain in an archive, with its seals, and that it ends where the header says. The keys are those in the archive: it
 * shows damage, and a chain that does not fit itself; what was anchored outside is compared by {@code smo audit verify}.
 */
public final class ArchiveAudit implements ArchiveRows {

    /** Tables of the audit, in the order in which they are read; an archive has them so. */
    public static final List<String> ORDER = List.of("audit_key", "audit_seal", "audit_entry");

    private final List<AuditKey> keys = new ArrayList<>();
    private final List<AuditSeal> seals = new ArrayList<>();
    private final Map<String, Integer> columns = new HashMap<>();
    private Optional<AuditHead> expected = Optional.empty();
    private Optional<AuditVerifier> verifier = Optional.empty();
    private String table = "";
    private long entries;
    /** Up to here entries are removed; some may be there still. */
    private long removed;

    @Override
    public void begin(ArchiveHeader header) {
        expected = Optional.of(header.auditHead());
    }

    @Override
    public void table(ArchiveTable next) {
        table = next.name();
        columns.clear();
        for (int i = 0; i < next.columns().size(); i++) {
            columns.put(next.columns().get(i).name(), i);
        }
        if (table.equals("audit_entry")) {
            verifier = Optional.of(verifier());
        }
    }

    private AuditVerifier verifier() {
        AuditVerifier begun = new AuditVerifier(keys);
        seals.stream().filter(seal -> seal.kind() == SealKind.HEAD).forEach(begun::anchor);
        seals.stream().filter(seal -> seal.kind() == SealKind.CHECKPOINT).forEach(checkpoint -> {
            removed = checkpoint.head().sequence();
            begun.seal(checkpoint);
        });
        return begun;
    }

    @Override
    public void row(@Nullable Object[] values) throws IOException {
        try {
            switch (table) {
                case "audit_key" ->
                    keys.add(new AuditKey(text(values, "id"), text(values, "public_key"), time(values, "since")));
                case "audit_seal" -> seals.add(seal(values));
                case "audit_entry" -> {
                    entries++;
                    AuditEntry entry = entry(values);
                    if (entry.sequence() > removed) {
                        verifier.ifPresent(begun -> begun.entry(entry));
                    }
                }
                default -> {
                    // no part of the audit
                }
            }
        } catch (IllegalArgumentException damaged) {
            throw new ArchiveException("The table %s is damaged: %s".formatted(table, damaged.getMessage()), damaged);
        }
    }

    private AuditSeal seal(@Nullable Object[] values) {
        return new AuditSeal(
                SealKind.valueOf(text(values, "kind")),
                text(values, "installation"),
                new AuditHead(number(values, "sequence"), number(values, "epoch"), text(values, "entry_hash")),
                time(values, "sealed_at"),
                text(values, "key_id"),
                text(values, "signature"));
    }

    private AuditEntry entry(@Nullable Object[] values) {
        AuditRecord content = new AuditRecord(
                time(values, "happened_at"),
                text(values, "actor"),
                text(values, "address"),
                text(values, "action"),
                text(values, "target"),
                text(values, "outcome"),
                text(values, "correlation_id"),
                text(values, "before_digest"),
                text(values, "after_digest"),
                text(values, "detail"),
                text(values, "decision"),
                text(values, "request"));
        return new AuditEntry(
                number(values, "sequence"),
                number(values, "epoch"),
                text(values, "id"),
                content,
                text(values, "previous_hash"),
                text(values, "entry_hash"));
    }

    private String text(@Nullable Object[] values, String column) {
        return value(values, column) instanceof String text ? text : missing(column);
    }

    private Instant time(@Nullable Object[] values, String column) {
        return Instant.parse(text(values, column));
    }

    private long number(@Nullable Object[] values, String column) {
        return value(values, column) instanceof Long number ? number : Long.parseLong(missing(column));
    }

    private @Nullable Object value(@Nullable Object[] values, String column) {
        Integer place = columns.get(column);
        return place == null ? null : values[place];
    }

    private static String missing(String column) {
        throw new IllegalArgumentException("the column %s is missing or empty".formatted(column));
    }

    /** @throws ArchiveException when the chain does not fit, with the first fault */
    @Override
    public void end(ArchiveManifest manifest) throws IOException {
        if (verifier.isEmpty()) {
            return;
        }
        AuditVerdict verdict = verifier.get().end();
        if (!verdict.isGood()) {
            throw new ArchiveException("The audit in the archive is not whole: %s at %d: %s"
                    .formatted(
                            verdict.faults().get(0).kind(),
                            verdict.faults().get(0).sequence(),
                            verdict.faults().get(0).message()));
        }
        if (!expected.filter(verdict.end()::equals).isPresent()) {
            throw new ArchiveException("The audit in the archive ends at %s, its header says %s"
                    .formatted(verdict.end(), expected.map(AuditHead::toString).orElse("nothing")));
        }
    }

    /** How many entries were read. */
    public long entries() {
        return entries;
    }
}
