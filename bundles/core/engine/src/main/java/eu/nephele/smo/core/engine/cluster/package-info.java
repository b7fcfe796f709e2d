// SPDX-License-Identifier: Apache-2.0
/**
 * The world outside as it is now: available adapters, the clusters with the capacity ledger, and directives of
 * operators. Uses {@code context}, {@code graph}, {@code operation}, {@code work}.
 */
package eu.nephele.smo.core.engine.cluster;
