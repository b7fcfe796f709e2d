// SPDX-License-Identifier: Apache-2.0
/**
 * Collaborators of an engine, from which all its parts are composed: the other bundles, the stores, the settings, the queue,
 * the clock. Records only; a class takes what it needs, and only a composing class takes the whole.
 * Uses {@code work}.
 */
package eu.nephele.smo.core.engine.context;
