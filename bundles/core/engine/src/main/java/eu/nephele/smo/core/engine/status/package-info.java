// SPDX-License-Identifier: Apache-2.0
/**
 * What a pass saw and did: conditions, phase, outcome, the progress of operations; stored with the events that follow from
 * it, told to those who wait, counted.
 * Uses {@code cluster}, {@code context}, {@code decision}, {@code graph}, {@code operation}, {@code rollout},
 * {@code scaling}.
 */
package eu.nephele.smo.core.engine.status;
