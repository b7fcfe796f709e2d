// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.contract.outside;

/** Whether an outside system is called. */
public enum Access {
    /** calls go through */
    OPEN,
    /** it failed before; one call goes through to find out whether it is back */
    PROBING,
    /** it fails: calls fail at once, without reaching it */
    SHUT
}
