// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.contract.outside;

/** State of the circuit breaker of an outside system. */
public enum CircuitState {
    /** Calls go through. */
    CLOSED,
    /** The system failed before; one call goes through to probe it. */
    HALF_OPEN,
    /** The system fails: calls fail at once, without reaching it. */
    OPEN
}
