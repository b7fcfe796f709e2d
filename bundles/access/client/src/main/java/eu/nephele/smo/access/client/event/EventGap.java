// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.access.client.event;

/** Events that the server did not keep: read what they were about again. */
public record EventGap(long after, long first) {}
