// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.events.webhooks;

import java.net.Inet4Address;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.Optional;

/**
 * Which addresses nobody may have events posted to: those that mean this machine or its link. Addresses of private networks are
 * allowed, that is where receivers are.
 */
final class Addresses {

    private static final byte[] NAT64 = {0, 0x64, (byte) 0xff, (byte) 0x9b, 0, 0, 0, 0, 0, 0, 0, 0};

    private Addresses() {}

    /** Why an address is refused; empty when it is not. */
    static Optional<String> refusal(InetAddress address) {
        if (address.isAnyLocalAddress()) {
            return Optional.of("unspecified");
        }
        if (address.isLoopbackAddress()) {
            return Optional.of("loopback");
        }
        if (address.isLinkLocalAddress()) {
            return Optional.of("link-local");
        }
        if (address.isMulticastAddress()) {
            return Optional.of("multicast");
        }
        if (address instanceof Inet6Address six) {
            return embedded(six.getAddress()).flatMap(Addresses::refusal);
        }
        return reserved(address.getAddress());
    }

    /** 0.0.0.0/8 reaches this machine on some systems; 240.0.0.0/4 holds the broadcast address. */
    private static Optional<String> reserved(byte[] four) {
        int first = four[0] & 0xff;
        return first == 0 || first >= 240 ? Optional.of("reserved") : Optional.empty();
    }

    /** The IPv4 address that an IPv6 address stands for: IPv4-compatible, NAT64, 6to4. Java itself turns mapped ones into IPv4. */
    private static Optional<InetAddress> embedded(byte[] six) {
        if (startsWith(six, new byte[12]) || startsWith(six, NAT64)) {
            return Optional.of(four(Arrays.copyOfRange(six, 12, 16)));
        }
        return six[0] == 0x20 && six[1] == 0x02 ? Optional.of(four(Arrays.copyOfRange(six, 2, 6))) : Optional.empty();
    }

    private static boolean startsWith(byte[] bytes, byte[] prefix) {
        return Arrays.equals(bytes, 0, prefix.length, prefix, 0, prefix.length);
    }

    private static InetAddress four(byte[] bytes) {
        try {
            return Inet4Address.getByAddress(bytes);
        } catch (UnknownHostException e) {
            throw new IllegalStateException("Four bytes are an address", e);
        }
    }
}
