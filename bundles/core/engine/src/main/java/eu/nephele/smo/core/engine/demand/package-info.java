// SPDX-License-Identifier: Apache-2.0
/**
 * Demand of services: read, remembered, and forecast in the background. Uses {@code cluster}, {@code context}.
 */
package eu.nephele.smo.core.engine.demand;
