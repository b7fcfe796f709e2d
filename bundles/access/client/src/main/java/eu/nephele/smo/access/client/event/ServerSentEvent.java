// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.access.client.event;

/**
 * A message of a stream of server-sent events.
 *
 * @param id "" for none
 * @param name "" for none
 * @param data "" for a message that only says how far the stream has come: its greeting, and heartbeats
 */
record ServerSentEvent(String id, String name, String data) {}
