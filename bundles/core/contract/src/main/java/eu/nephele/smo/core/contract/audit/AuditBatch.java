// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.contract.audit;

import eu.nephele.smo.api.port.AuditSink.AuditRecord;
import java.util.List;
import java.util.Optional;

/**
 * What is written to the audit in one transaction.
 *
 * @param epoch of the owner that writes
 * @param entries to append, in order; an intent with the id of one of them is over
 * @param begun changes that begin now
 * @param cursor how far a source of entries was read
 */
public record AuditBatch(long epoch, List<AuditDraft> entries, List<AuditIntent> begun, Optional<AuditCursor> cursor) {

    public AuditBatch {
        entries = List.copyOf(entries);
        begun = List.copyOf(begun);
    }

    /**
     * An entry without its place in the chain.
     *
     * @param again whether it may be in the chain already: then it is not appended a second time
     */
    public record AuditDraft(String id, AuditRecord content, boolean again) {}

    /** A change that has begun and has no outcome yet. */
    public record AuditIntent(String id, AuditRecord content) {}

    /** Position of a reader or a source, by its name. */
    public record AuditCursor(String name, long sequence) {}
}
