// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.contract.access;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.HexFormat;

/**
 * Where a caller is, as far as it cannot choose that itself: an IPv4 address, or the first half of an IPv6 address, which a provider
 * gives to one customer. One host has more addresses below that than anybody can count.
 */
public record ClientNetwork(String key) {

    private static final int NETWORK_BYTES = 8;

    /** @param address numerical, of a connection; any other text is a network of its own */
    public static ClientNetwork from(String address) {
        if (address.indexOf(':') < 0) {
            return new ClientNetwork(address);
        }
        try {
            byte[] bytes = InetAddress.getByName(address).getAddress();
            return new ClientNetwork(
                    bytes.length <= NETWORK_BYTES
                            ? address
                            : HexFormat.of().formatHex(Arrays.copyOf(bytes, NETWORK_BYTES)));
        } catch (UnknownHostException noAddress) {
            return new ClientNetwork(address);
        }
    }
}
