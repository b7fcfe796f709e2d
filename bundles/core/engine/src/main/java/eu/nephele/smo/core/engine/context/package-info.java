// SPDX-License-Identifier: Apache-2.0
/**
 * What an engine is given, and all its parts are put together from: the other rooms, the stores, the settings, the queue,
 * the clock. Records only; a class asks for what it needs, only what puts a package together takes the whole.
 * Uses {@code work}.
 */
package eu.nephele.smo.core.engine.context;
