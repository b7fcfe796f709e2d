// SPDX-License-Identifier: Apache-2.0
/**
 * Whether more work is taken, and how long a change is under way.
 * Uses no other package of the engine.
 */
package eu.nephele.smo.core.engine.work;
