// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.contract.audit;

import eu.nephele.smo.api.port.AuditSink.AuditRecord;

/**
 * An entry of the audit chain.
 *
 * @param sequence from 1, without gaps
 * @param epoch of the owner of the database that appended it
 * @param id unique; the same however often the entry is offered to the chain
 * @param content who did what, within the limits of {@link AuditTexts}
 * @param previous hash of the entry before, {@link AuditHead#NOTHING} for the first one
 * @param hash of this one, see {@link AuditEncoding}
 */
public record AuditEntry(long sequence, long epoch, String id, AuditRecord content, String previous, String hash) {

    /** Action of the entry that a restore from a backup appends; what came behind the entry before it is lost. */
    public static final String RESTORE = "database.restore";

    /** The entry that follows a head. */
    public static AuditEntry following(AuditHead head, long epoch, String id, AuditRecord content) {
        AuditEntry open = new AuditEntry(head.sequence() + 1, epoch, id, AuditTexts.within(content), head.hash(), "");
        return new AuditEntry(
                open.sequence, open.epoch, open.id, open.content, open.previous, new AuditEncoding().hash(open));
    }

    /** The head of a chain that ends with this entry. */
    public AuditHead head() {
        return new AuditHead(sequence, epoch, hash);
    }
}
