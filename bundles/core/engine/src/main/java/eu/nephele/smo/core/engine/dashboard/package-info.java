// SPDX-License-Identifier: Apache-2.0
/**
 * Dashboards of graphs, services and clusters, published beside the passes: nothing waits for them.
 * Uses {@code cluster}, {@code context}, {@code graph}.
 */
package eu.nephele.smo.core.engine.dashboard;
