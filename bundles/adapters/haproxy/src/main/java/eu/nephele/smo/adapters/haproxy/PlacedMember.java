// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.adapters.haproxy;

import java.util.regex.Pattern;

/**
 * A member as HAProxy gets it.
 *
 * @param address IPv4 or IPv6 address as text: names are never left to HAProxy, which refuses to start for an unknown one
 * @param weight 0 while it is drained
 */
record PlacedMember(String id, String address, int port, int weight) {

    private static final Pattern ADDRESS = Pattern.compile("[0-9A-Fa-f:.]{2,45}");

    PlacedMember {
        ProxyNames.requireId(id);
        if (!ADDRESS.matcher(address).matches()) {
            throw new IllegalArgumentException("the address of the member %s is none".formatted(id));
        }
    }

    /** With its family: an IPv6 address ends with the last colon. */
    String target() {
        return "%s@%s:%d".formatted(address.indexOf(':') >= 0 ? "ipv6" : "ipv4", address, port);
    }
}
