// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.api.runtime;

/** Verbs on a resource. */
public enum Verb {
    READ,
    CREATE,
    /** gives it other content */
    UPDATE,
    DELETE,
    /** acts on it as it is: start, stop, place, repair, pause, drain, cancel */
    OPERATE
}
