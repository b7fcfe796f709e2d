// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.contract.store;

import eu.nephele.smo.core.contract.audit.AuditBatch;
import eu.nephele.smo.core.contract.audit.AuditBatch.AuditCursor;
import eu.nephele.smo.core.contract.audit.AuditBatch.AuditIntent;
import eu.nephele.smo.core.contract.audit.AuditEntry;
import eu.nephele.smo.core.contract.audit.AuditHead;
import eu.nephele.smo.core.contract.audit.AuditKey;
import eu.nephele.smo.core.contract.audit.AuditQuery;
import eu.nephele.smo.core.contract.audit.AuditSeal;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Keeps the one audit chain of a database. Nothing changes or removes an entry but {@link #remove}. Methods throw
 * {@link eu.nephele.smo.api.runtime.SmoException} when the database fails, {@code UNAVAILABLE} also when this server may not write.
 */
public interface AuditStore {

    /** Outcome of a change whose server ended before it was over: what of it was done is not known. */
    String INTERRUPTED = "interrupted";

    /** Outcome of a request that was accepted before, by the same idempotency key, and is answered again. */
    String REPEATED = "repeated";

    /** Where the chain ends. */
    AuditHead head();

    /**
     * Writes a group in one transaction. An accepted entry whose request was accepted before becomes {@link #REPEATED}. An entry that
     * may be there already is left out when it is; one that was {@link #INTERRUPTED} gets a further entry, which names it.
     *
     * @return what was appended
     * @throws eu.nephele.smo.api.runtime.SmoException {@code UNAVAILABLE} when a later epoch has written
     */
    List<AuditEntry> write(AuditBatch batch);

    /** Changes that have begun and are not over, the oldest first. */
    List<AuditIntent> intents();

    /** Entries behind the newest checkpoint that the query selects, in sequence. */
    List<AuditEntry> entries(AuditQuery query, int limit);

    /** Position of a reader or a source. */
    OptionalLong cursor(String name);

    void saveCursor(AuditCursor cursor);

    /** Keeps a signed head, and lets those go that are older than a day. */
    void seal(AuditSeal head);

    /** Signed heads after a sequence, in sequence. */
    List<AuditSeal> seals(long after);

    /** The newest checkpoint: everything up to it is removed. */
    Optional<AuditSeal> checkpoint();

    /** The last entry before the first one that is not older; empty when there is none. */
    Optional<AuditHead> lastBefore(Instant instant);

    /**
     * Keeps a checkpoint, then removes everything up to it.
     *
     * @return how many entries went
     */
    long remove(AuditSeal checkpoint);

    /** All keys that have signed. */
    List<AuditKey> keys();

    /** @return whether it is new */
    boolean addKey(AuditKey key);
}
