// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.contract.audit;

import eu.nephele.smo.api.runtime.CallContext;
import java.util.List;
import java.util.Optional;

/**
 * Reads the audit. Implemented by {@code core/audit}. All methods need the right to read the audit, else they throw
 * {@link eu.nephele.smo.api.runtime.SmoException} {@code NOT_FOUND}; {@code UNAVAILABLE} while the database is unavailable.
 */
public interface AuditService {

    /**
     * Entries in sequence.
     *
     * @param limit at most this many, 1 or more
     */
    List<AuditEntry> entries(AuditQuery query, int limit, CallContext call);

    /**
     * A part of the whole chain, with its seals, as lines of {@link AuditLines}. The first part begins with the checkpoint, if there
     * is one.
     *
     * @param after sequence of the last entry of the part before, 0 for the first part
     */
    AuditPart part(long after, CallContext call);

    /** Where the chain ends, and how it is kept. */
    AuditState state(CallContext call);

    /** Public keys that have signed seals. */
    List<AuditKey> keys(CallContext call);

    /**
     * State of the audit.
     *
     * @param head end of the chain
     * @param seal the last signed head; empty when none was signed
     * @param checkpoint where what was removed ends; empty when nothing was
     * @param waiting entries that are not in the chain yet: in memory, or in the local file
     * @param anchors by their place
     */
    record AuditState(
            AuditHead head,
            Optional<AuditSeal> seal,
            Optional<AuditSeal> checkpoint,
            long waiting,
            List<AnchorState> anchors) {

        public AuditState {
            anchors = List.copyOf(anchors);
        }
    }

    /**
     * State of an anchor.
     *
     * @param place a file or URL
     * @param sequence the last one that was anchored by this process, 0 for none
     * @param failure why the last attempt failed, "" when it did not
     */
    record AnchorState(String place, long sequence, String failure) {}
}
