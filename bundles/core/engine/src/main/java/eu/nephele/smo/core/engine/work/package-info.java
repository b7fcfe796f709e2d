// SPDX-License-Identifier: Apache-2.0
/**
 * Admission of work, progress deadlines, and elapsed time.
 * Uses no other package of the engine.
 */
package eu.nephele.smo.core.engine.work;
