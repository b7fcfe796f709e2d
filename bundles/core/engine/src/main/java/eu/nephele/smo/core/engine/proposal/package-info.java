// SPDX-License-Identifier: Apache-2.0
/**
 * Asking the strategies: what is wanted of a placement, by a user or by the engine itself, the problem that is made of it,
 * and what came out. Nothing is reserved or stored here.
 * Uses {@code cluster}, {@code context}, {@code work}.
 */
package eu.nephele.smo.core.engine.proposal;
