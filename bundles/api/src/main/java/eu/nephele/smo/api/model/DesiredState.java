// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.api.model;

/** State of a graph that the user requested. */
public enum DesiredState {
    RUNNING,
    STOPPED,
    REMOVED
}
