// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.contract.audit;

import java.time.Instant;
import java.util.Optional;

/**
 * Selection of entries, in sequence.
 *
 * @param after sequence of the last entry that is known; 0 for the beginning
 * @param from not before
 * @param to before
 * @param actor exactly
 * @param action exactly, or a prefix that ends with {@code *}
 * @param target exactly, or a prefix that ends with {@code *}
 * @param outcome exactly
 */
public record AuditQuery(
        long after,
        Optional<Instant> from,
        Optional<Instant> to,
        Optional<String> actor,
        Optional<String> action,
        Optional<String> target,
        Optional<String> outcome) {

    /** All entries after one. */
    public static AuditQuery after(long sequence) {
        return new AuditQuery(
                sequence,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
    }

    /** The same from another place on. */
    public AuditQuery from(long sequence) {
        return new AuditQuery(sequence, from, to, actor, action, target, outcome);
    }
}
