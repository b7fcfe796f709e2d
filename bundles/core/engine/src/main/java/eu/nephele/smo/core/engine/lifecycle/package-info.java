// SPDX-License-Identifier: Apache-2.0
/**
 * The doors through which graphs change: what users want is stored with its operation, and a plan says what that would do.
 * Nothing acts outside here.
 * Uses {@code cluster}, {@code context}, {@code decision}, {@code graph}, {@code operation}, {@code proposal},
 * {@code rollout}.
 */
package eu.nephele.smo.core.engine.lifecycle;
