// SPDX-License-Identifier: Apache-2.0
/**
 * Whether more work is taken, how long a change is under way, and how much time has passed.
 * Uses no other package of the engine.
 */
package eu.nephele.smo.core.engine.work;
