// SPDX-License-Identifier: Apache-2.0
/**
 * A proposal in force: what it reserves and holds while the world follows, stored in one go with the steps that it takes to
 * get there. Nothing acts outside here.
 * Uses {@code cluster}, {@code context}, {@code graph}, {@code operation}, {@code proposal},
 * {@code work}.
 */
package eu.nephele.smo.core.engine.decision;
