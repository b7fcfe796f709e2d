// SPDX-License-Identifier: Apache-2.0
/**
 * The world outside as it is now: the adapters that are there, the clusters with the capacity ledger, and what operators say
 * of clusters.
 * Uses {@code context}, {@code graph}, {@code operation}, {@code work}.
 */
package eu.nephele.smo.core.engine.cluster;
