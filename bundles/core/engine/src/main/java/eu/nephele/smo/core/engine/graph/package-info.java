// SPDX-License-Identifier: Apache-2.0
/**
 * Graphs as they are declared, shown and published: descriptors read once, changes of a desired state, views, the
 * values of releases, events, and the order of graphs that wait for capacity. Graphs are stored through it; nothing is decided here.
 * Uses {@code context}, {@code work}.
 */
package eu.nephele.smo.core.engine.graph;
