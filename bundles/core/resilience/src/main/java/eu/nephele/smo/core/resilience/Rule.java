// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.resilience;

/** What the guard may do with a method of a port. */
enum Rule {
    /** answers from memory and never blocks: nothing stands before it */
    THROUGH,
    /** its effect exists once, however often it is called */
    REPEATABLE,
    /** like repeatable, and an answer of a while ago is better than none */
    STALE,
    /** once: a second call may do it twice */
    ONCE,
    /** gives a stage; the call lasts until that is complete, and is not repeated */
    STAGE;

    boolean repeatable() {
        return this == REPEATABLE || this == STALE;
    }
}
