// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.contract.audit;

/**
 * What is wrong with a chain.
 *
 * @param kind of the fault
 * @param sequence where it was found
 * @param message for people
 */
public record AuditFault(FaultKind kind, long sequence, String message) {

    /** Kinds of faults. */
    public enum FaultKind {
        /** the content of an entry does not fit its hash */
        CHANGED,
        /** entries are missing */
        REMOVED,
        /** an entry is not in its place, or is there twice */
        REORDERED,
        /** an entry follows another one than the one before it, or an earlier epoch goes on */
        FORKED,
        /** the chain ends before what a signed head or an anchor has seen */
        CUT_OFF,
        /** the chain is another one than a signed head or an anchor has seen */
        REWRITTEN,
        /** a signed head or an anchor is of what a restore from a backup has lost, as an entry of the chain says */
        RESTORED,
        /** a seal is not signed by a key that is trusted, or is of another installation */
        SIGNATURE
    }
}
