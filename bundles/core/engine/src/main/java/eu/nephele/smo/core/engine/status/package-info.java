// SPDX-License-Identifier: Apache-2.0
/**
 * Records passes: conditions, phase, outcome, the progress of operations; stored with the events that follow from them,
 * published to waiting clients, counted.
 * Uses {@code cluster}, {@code context}, {@code decision}, {@code graph}, {@code operation}, {@code rollout}, {@code scaling}.
 */
package eu.nephele.smo.core.engine.status;
