// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.contract.store;

import eu.nephele.smo.api.model.JsonValue.JsonObject;

/**
 * Installed plugins as last written by the owner.
 *
 * @param revision rises by one with each change, from 1
 * @param origin unique for ever: distinguishes this list from that of another database, and from a new one
 * @param writer id of the folder of the server that wrote this revision
 * @param list state of the plugin bundle; opaque to the store
 */
public record InstalledPlugins(long revision, String origin, String writer, JsonObject list) {}
