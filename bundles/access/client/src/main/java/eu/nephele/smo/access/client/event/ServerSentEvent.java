// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.access.client.event;

/** A message of a stream of server-sent events. */
record ServerSentEvent(String id, String name, String data) {}
