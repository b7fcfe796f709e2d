// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.harness.placement;

/** A solver has given no answer. */
final class SolverFailedException extends Exception {

    private static final long serialVersionUID = 1;

    private final String reason;

    /** @param reason for people */
    SolverFailedException(String reason, Throwable cause) {
        super(reason, cause);
        this.reason = reason;
    }

    String reason() {
        return reason;
    }
}
