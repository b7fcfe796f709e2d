// SPDX-License-Identifier: Apache-2.0
/**
 * Making the world as it is wanted: one pass over one graph for every reason to look at it, taking graphs down, making good
 * a change that failed, and sweeping up what nobody wants.
 * Uses {@code alert}, {@code cluster}, {@code context}, {@code dashboard},
 * {@code decision}, {@code graph}, {@code operation},
 * {@code proposal}, {@code rollout}, {@code scaling}, {@code status}, {@code work}.
 */
package eu.nephele.smo.core.engine.reconcile;
