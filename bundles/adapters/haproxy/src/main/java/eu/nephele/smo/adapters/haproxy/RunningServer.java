// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.adapters.haproxy;

import eu.nephele.smo.api.port.BackendStatus.State;
import java.net.InetAddress;
import java.net.UnknownHostException;

/**
 * A server as HAProxy runs it.
 *
 * @param address as HAProxy writes it
 * @param admin bits of its administrative state
 * @param checks bits of the state of its checks
 * @param sessions requests, or connections, that it has now
 * @param status word of the statistics, {@code UP}, say
 */
record RunningServer(
        String name, String address, int port, int weight, int admin, int checks, long sessions, String status) {

    private static final int FORCED_MAINTENANCE = 0x01;
    private static final int FORCED_DRAIN = 0x08;
    private static final int CHECK_ENABLED = 0x04;

    /** Whether somebody has taken it out of service, so that its weight does not matter. */
    boolean isForced() {
        return (admin & (FORCED_MAINTENANCE | FORCED_DRAIN)) != 0;
    }

    boolean isChecked() {
        return (checks & CHECK_ENABLED) != 0;
    }

    /** Compared as addresses: an IPv6 address has many texts. */
    boolean isAt(PlacedMember member) {
        return port == member.port() && (address.equals(member.address()) || sameAddress(member.address()));
    }

    private boolean sameAddress(String other) {
        if (!address.matches("[0-9A-Fa-f:.]+") || !other.matches("[0-9A-Fa-f:.]+")) {
            return false;
        }
        try {
            // literals: nobody is asked for them
            return InetAddress.getByName(address).equals(InetAddress.getByName(other));
        } catch (UnknownHostException neither) {
            return false;
        }
    }

    State state() {
        if (weight == 0 || isForced() || status.startsWith("DRAIN")) {
            return State.DRAINING;
        }
        return status.startsWith("UP") || status.equals("no check") ? State.UP : State.DOWN;
    }
}
