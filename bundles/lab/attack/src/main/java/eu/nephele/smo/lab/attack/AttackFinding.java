// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.attack;

/**
 * Something that is wrong.
 *
 * @param subject the case, or the place
 * @param found what there is, and what there should be
 */
public record AttackFinding(AttackKind kind, String subject, String found) {

    /** Kinds of findings. */
    public enum AttackKind {
        /** an answer 5xx that is not 503 with Retry-After */
        SERVER_ERROR,
        /** no complete answer where there has to be one */
        UNANSWERED,
        /** an answer that is no problem, or that takes what is to be refused */
        WRONG_ANSWER,
        /** something that was not there before */
        LEFT,
        /** an ordinary request beside it that is not answered well */
        READ
    }
}
