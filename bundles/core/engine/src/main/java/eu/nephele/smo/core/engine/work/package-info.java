// SPDX-License-Identifier: Apache-2.0
/**
 * Work that is waited for, knowing nothing of what the work is: a queue of keys with one pass at a time per key, threads and
 * timers, and how long a change is under way.
 * Uses no other package of the engine.
 */
package eu.nephele.smo.core.engine.work;
