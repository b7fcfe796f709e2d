// SPDX-License-Identifier: Apache-2.0
/**
 * What the engine shows and does for plans of many graphs together. Uses {@code cluster}, {@code context}, {@code decision},
 * {@code graph}, {@code lifecycle}, {@code proposal}.
 */
package eu.nephele.smo.core.engine.fleet;
