// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.audit;

import eu.nephele.smo.core.contract.audit.AuditEntry;
import eu.nephele.smo.core.contract.audit.AuditLines;
import eu.nephele.smo.core.contract.audit.AuditPart;
import eu.nephele.smo.core.contract.audit.AuditQuery;
import eu.nephele.smo.core.contract.audit.AuditSeal;
import eu.nephele.smo.core.contract.store.AuditStore;
import java.io.ByteArrayOutputStream;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/** The whole chain in parts: the checkpoint, entries, and each seal behind the entry that it seals. */
record AuditExport(AuditStore store) {

    private static final int PART = 2000;

    AuditPart part(long after) {
        // seals first: what they seal is there when the entries are read
        Deque<AuditSeal> seals = new ArrayDeque<>(store.seals(after));
        AuditLines lines = new AuditLines();
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        long from = after;
        Optional<AuditSeal> checkpoint = store.checkpoint();
        if (after == 0 && checkpoint.isPresent()) {
            bytes.writeBytes(lines.line(checkpoint.get()));
            from = checkpoint.get().head().sequence();
        }
        long beginning = from;
        seals.removeIf(seal -> seal.head().sequence() <= beginning);
        List<AuditEntry> entries = store.entries(AuditQuery.after(from), PART);
        for (AuditEntry entry : entries) {
            bytes.writeBytes(lines.line(entry));
            while (!seals.isEmpty() && seals.peekFirst().head().sequence() <= entry.sequence()) {
                bytes.writeBytes(lines.line(seals.removeFirst()));
            }
        }
        boolean more = entries.size() == PART;
        if (!more) {
            // a seal behind the end shows that the end was cut off
            seals.forEach(seal -> bytes.writeBytes(lines.line(seal)));
        }
        long last = entries.isEmpty() ? from : entries.get(entries.size() - 1).sequence();
        return new AuditPart(bytes.toByteArray(), last, more);
    }
}
