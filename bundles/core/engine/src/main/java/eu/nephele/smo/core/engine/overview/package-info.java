// SPDX-License-Identifier: Apache-2.0
/**
 * The graphs of all projects at a glance: what lists over all of them show is kept in memory, and follows each write. Nothing is
 * changed here. Uses {@code demand}, {@code graph}.
 */
package eu.nephele.smo.core.engine.overview;
