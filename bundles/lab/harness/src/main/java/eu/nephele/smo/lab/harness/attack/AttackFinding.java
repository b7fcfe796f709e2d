// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.harness.attack;

/**
 * A deviation from the expected behaviour.
 *
 * @param subject the case, or the place
 */
public record AttackFinding(AttackKind kind, String subject, String found) {

    public enum AttackKind {
        /** an answer 5xx that is not 503 with Retry-After */
        SERVER_ERROR,
        /** no complete answer where one is required */
        UNANSWERED,
        /** an answer that is not a problem document, or that accepts a request that must be refused */
        WRONG_ANSWER,
        /** a residue that was not there before */
        LEFT,
        /** an ordinary request beside it without a good answer */
        READ
    }
}
