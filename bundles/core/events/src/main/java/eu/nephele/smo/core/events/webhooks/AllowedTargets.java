// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.events.webhooks;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Targets that the operator allows although they would be refused.
 *
 * @param hosts in lower case; all addresses of them are allowed
 * @param networks addresses that are allowed under every name
 */
public record AllowedTargets(Set<String> hosts, List<Network> networks) {

    public AllowedTargets {
        hosts = Set.copyOf(hosts);
        networks = List.copyOf(networks);
    }

    /** @throws IllegalArgumentException for an entry that is neither a host nor an address nor a network */
    public static AllowedTargets parse(List<String> entries) {
        List<String> given = entries.stream()
                .map(String::strip)
                .filter(entry -> !entry.isEmpty())
                .toList();
        return new AllowedTargets(
                given.stream()
                        .filter(entry -> !isNumeric(entry))
                        .map(AllowedTargets::host)
                        .collect(Collectors.toSet()),
                given.stream()
                        .filter(AllowedTargets::isNumeric)
                        .map(Network::parse)
                        .toList());
    }

    boolean allowsHost(String host) {
        return hosts.contains(host.toLowerCase(Locale.ROOT));
    }

    boolean allows(InetAddress address) {
        return networks.stream().anyMatch(network -> network.contains(address));
    }

    private static boolean isNumeric(String entry) {
        return entry.contains("/") || entry.contains(":") || entry.matches("[0-9.]+");
    }

    private static String host(String entry) {
        if (!entry.matches("[A-Za-z0-9]([-A-Za-z0-9_.]{0,253})")) {
            throw new IllegalArgumentException(
                    "\"%s\" is not a host, address or network such as 10.0.0.0/8".formatted(entry));
        }
        return entry.toLowerCase(Locale.ROOT);
    }

    public record Network(InetAddress address, int bits) {

        static Network parse(String text) {
            String[] parts = text.split("/", 2);
            try {
                if (!parts[0].matches("[0-9]{1,3}(\\.[0-9]{1,3}){3}|[0-9A-Fa-f:.]*:[0-9A-Fa-f:.]*")) {
                    throw new UnknownHostException(parts[0]);
                }
                InetAddress address = InetAddress.getByName(parts[0]);
                int most = address.getAddress().length * Byte.SIZE;
                int bits = parts.length == 1 ? most : Integer.parseInt(parts[1]);
                if (bits < 0 || bits > most) {
                    throw new NumberFormatException(parts[1]);
                }
                return new Network(address, bits);
            } catch (UnknownHostException | NumberFormatException e) {
                throw new IllegalArgumentException(
                        "\"%s\" is not an address or network such as 10.0.0.0/8".formatted(text), e);
            }
        }

        boolean contains(InetAddress other) {
            byte[] mine = address.getAddress();
            byte[] theirs = other.getAddress();
            int whole = bits / Byte.SIZE;
            int rest = bits % Byte.SIZE;
            return mine.length == theirs.length
                    && Arrays.equals(mine, 0, whole, theirs, 0, whole)
                    && (rest == 0 || (mine[whole] ^ theirs[whole]) >> (Byte.SIZE - rest) == 0);
        }
    }
}
