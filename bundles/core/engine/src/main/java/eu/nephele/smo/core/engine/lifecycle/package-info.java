// SPDX-License-Identifier: Apache-2.0
/**
 * The authorized services through which graphs change: the desired state is stored with its operation, and a plan
 * predicts its effect. Nothing acts outside here. Uses {@code cluster}, {@code context}, {@code decision},
 * {@code graph}, {@code operation}, {@code proposal}, {@code rollout},
 * {@code work}.
 */
package eu.nephele.smo.core.engine.lifecycle;
