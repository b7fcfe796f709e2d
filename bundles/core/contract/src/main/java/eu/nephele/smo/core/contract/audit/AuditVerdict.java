// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.contract.audit;

import java.util.List;

/**
 * Result of a verification.
 *
 * @param entries how many were read
 * @param first sequence of the first one, 0 for none
 * @param end of the chain
 * @param seals that fit the chain, anchors included
 * @param sealedTo highest sequence that a seal covers; what follows is held by its keeper only
 * @param restores entries that say that the database was restored from a backup, also those that have lost nothing that is known
 * @param faults in the order in which they were found, at most {@link AuditVerifier#MOST_FAULTS}
 */
public record AuditVerdict(
        long entries,
        long first,
        AuditHead end,
        long seals,
        long sealedTo,
        List<AuditEntry> restores,
        List<AuditFault> faults) {

    public AuditVerdict {
        restores = List.copyOf(restores);
        faults = List.copyOf(faults);
    }

    /** Whether nothing is wrong. */
    public boolean isGood() {
        return faults.isEmpty();
    }
}
