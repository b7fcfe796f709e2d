// SPDX-License-Identifier: Apache-2.0
/**
 * A graph as it is declared, as it is shown and as it is told: descriptors read once, what each kind of change makes of a
 * desired state, views, the values of releases, events, and who waits for room. Graphs are stored through it; nothing is decided here.
 * Uses {@code context}.
 */
package eu.nephele.smo.core.engine.graph;
