// SPDX-License-Identifier: Apache-2.0
/**
 * Calling the strategies: the demand of a user or of the engine itself, the placement problem, and the proposal.
 * Nothing is reserved or stored here. Uses {@code cluster}, {@code context}, {@code work}.
 */
package eu.nephele.smo.core.engine.proposal;
