// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.contract.audit;

/**
 * End of an audit chain: position, owner and hash of its last entry.
 *
 * @param sequence 0 when there is no entry
 * @param epoch of the owner that appended the last entry
 * @param hash of the last entry; it covers all entries before
 */
public record AuditHead(long sequence, long epoch, String hash) {

    /** Takes the place of the hash before the first entry. */
    public static final String NOTHING = "0".repeat(64);

    /** A chain without entries. */
    public static final AuditHead EMPTY = new AuditHead(0, 0, NOTHING);
}
