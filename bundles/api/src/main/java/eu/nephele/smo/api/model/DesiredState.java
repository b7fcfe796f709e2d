// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.api.model;

/** What the user wants of a graph. */
public enum DesiredState {
    RUNNING,
    STOPPED,
    REMOVED
}
