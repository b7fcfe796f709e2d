// SPDX-License-Identifier: Apache-2.0
/**
 * Replicas of all graphs that are due, decided in one batch beside the queue and reserved as any decision.
 * Uses {@code cluster}, {@code context}, {@code decision}, {@code demand}, {@code graph}, {@code proposal}.
 */
package eu.nephele.smo.core.engine.scaling;
