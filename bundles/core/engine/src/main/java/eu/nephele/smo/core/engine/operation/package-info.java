// SPDX-License-Identifier: Apache-2.0
/**
 * Requests of users until their end: open operations and their waiters, transitions of operations, repeated requests, and the
 * authorizing service that shows and cancels them.
 * Uses {@code graph}.
 */
package eu.nephele.smo.core.engine.operation;
