// SPDX-License-Identifier: Apache-2.0
/**
 * Applying the desired state: one pass over one graph for every reason to reconcile it, taking graphs down,
 * compensating a change that failed, and collecting orphans. Uses {@code alert}, {@code cluster}, {@code context},
 * {@code dashboard}, {@code decision}, {@code graph}, {@code operation}, {@code proposal}, {@code rollout},
 * {@code scaling}, {@code status}, {@code work}.
 */
package eu.nephele.smo.core.engine.reconcile;
