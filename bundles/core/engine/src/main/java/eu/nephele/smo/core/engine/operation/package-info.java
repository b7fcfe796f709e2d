// SPDX-License-Identifier: Apache-2.0
/**
 * What users asked for, until it has come to its end: open operations and those who wait for them, what operations turn
 * into, requests that come again, and the door that shows and cancels them.
 * Uses {@code graph}.
 */
package eu.nephele.smo.core.engine.operation;
