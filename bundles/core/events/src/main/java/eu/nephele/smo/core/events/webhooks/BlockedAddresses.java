// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.events.webhooks;

import java.net.Inet4Address;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Addresses to which no events may be posted: those of this machine or its link, those of the metadata services of clouds, and
 * those of networks between the operator's and the world. Addresses of private IPv4 networks are allowed, because receivers are
 * there. An IPv6 address that stands for an IPv4 address is judged as that one.
 */
final class BlockedAddresses {

    private static final byte[] NAT64 = {0, 0x64, (byte) 0xff, (byte) 0x9b, 0, 0, 0, 0, 0, 0, 0, 0};
    private static final byte[] LOCAL_NAT64 = {0, 0x64, (byte) 0xff, (byte) 0x9b, 0, 1};
    private static final byte[] TEREDO = {0x20, 0x01, 0, 0};

    /** Beside 169.254.169.254, which is link-local: Alibaba, Oracle, Azure. */
    private static final Set<List<Integer>> METADATA =
            Set.of(List.of(100, 100, 100, 200), List.of(192, 0, 0, 192), List.of(168, 63, 129, 16));

    private BlockedAddresses() {}

    /** Empty when it is not refused. */
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
            byte[] bytes = six.getAddress();
            if (six.isSiteLocalAddress() || (bytes[0] & 0xfe) == 0xfc) {
                return Optional.of("unique-local");
            }
            return embedded(bytes).flatMap(four -> refusal(four).stream()).findFirst();
        }
        return reserved(address.getAddress());
    }

    /** 0.0.0.0/8 reaches this machine on some systems; 240.0.0.0/4 holds the broadcast address. */
    private static Optional<String> reserved(byte[] four) {
        int first = four[0] & 0xff;
        int second = four[1] & 0xff;
        if (METADATA.contains(List.of(first, second, four[2] & 0xff, four[3] & 0xff))) {
            return Optional.of("metadata");
        }
        if (first == 100 && second >= 64 && second < 128) {
            return Optional.of("carrier-grade NAT");
        }
        return first == 0 || first >= 240 ? Optional.of("reserved") : Optional.empty();
    }

    /**
     * The IPv4 addresses that an IPv6 address stands for: IPv4-compatible, NAT64, 6to4, Teredo (server and client), ISATAP. Java
     * itself turns mapped ones into IPv4.
     */
    private static Stream<InetAddress> embedded(byte[] six) {
        if (startsWith(six, new byte[12]) || startsWith(six, NAT64) || startsWith(six, LOCAL_NAT64) || isIsatap(six)) {
            return Stream.of(four(Arrays.copyOfRange(six, 12, 16)));
        }
        if (startsWith(six, TEREDO)) {
            return Stream.of(four(Arrays.copyOfRange(six, 4, 8)), four(inverted(Arrays.copyOfRange(six, 12, 16))));
        }
        return six[0] == 0x20 && six[1] == 0x02 ? Stream.of(four(Arrays.copyOfRange(six, 2, 6))) : Stream.empty();
    }

    /** Teredo hides the client's address from translators. */
    private static byte[] inverted(byte[] four) {
        byte[] clear = new byte[four.length];
        for (int i = 0; i < four.length; i++) {
            clear[i] = (byte) ~four[i];
        }
        return clear;
    }

    private static boolean isIsatap(byte[] six) {
        return (six[8] & ~0x02) == 0 && six[9] == 0 && six[10] == 0x5e && six[11] == (byte) 0xfe;
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
