// SPDX-License-Identifier: Apache-2.0
/**
 * Graphs as they are declared, shown and published: descriptors read once, changes of a desired state, views, the
 * values of releases, events, and graphs that wait for capacity. Graphs are stored through it; nothing is decided here.
 * Uses {@code context}.
 */
package eu.nephele.smo.core.engine.graph;
