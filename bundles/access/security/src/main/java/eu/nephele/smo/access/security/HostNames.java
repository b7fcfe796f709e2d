// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.access.security;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Collection;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;

/**
 * The names under which this server may be called. A page from elsewhere that talks to a server on the loopback address, by its
 * own name (DNS rebinding) or from its own origin, is refused by these.
 */
final class HostNames {

    private static final Set<String> LOOPBACK = Set.of("localhost", "127.0.0.1", "[::1]");
    private static final Set<String> EVERYWHERE = Set.of("", "0.0.0.0", "[::]", "[0:0:0:0:0:0:0:0]");

    private final Set<String> allowed;
    private final boolean loopbackOnly;

    /**
     * @param bound address that the server is bound to, "" for all
     * @param configured further names
     */
    HostNames(String bound, Collection<String> configured) {
        String address = bound.strip().toLowerCase(Locale.ROOT);
        this.loopbackOnly = isLoopback(address);
        Set<String> names = new HashSet<>(LOOPBACK);
        String name = bracketed(address);
        if (!EVERYWHERE.contains(name)) {
            names.add(name);
        }
        configured.forEach(further -> names.add(bracketed(further.strip().toLowerCase(Locale.ROOT))));
        this.allowed = Set.copyOf(names);
    }

    /** Whether only programs on this machine can reach the server. */
    boolean loopbackOnly() {
        return loopbackOnly;
    }

    /** @param host value of the header {@code Host}, with or without port */
    boolean allowsHost(String host) {
        return allowed.contains(withoutPort(host));
    }

    /** @param origin value of the header {@code Origin} */
    boolean allowsOrigin(String origin) {
        try {
            String host = new URI(origin).getHost();
            return host != null && allowed.contains(host.toLowerCase(Locale.ROOT));
        } catch (URISyntaxException noOrigin) {
            return false;
        }
    }

    private static boolean isLoopback(String address) {
        return address.equals("localhost")
                || address.equals("::1")
                || address.equals("[::1]")
                || address.matches("127(\\.\\d{1,3}){3}");
    }

    private static String bracketed(String name) {
        return name.indexOf(':') >= 0 && !name.startsWith("[") ? "[" + name + "]" : name;
    }

    private static String withoutPort(String host) {
        String name = host.strip().toLowerCase(Locale.ROOT);
        int end = name.startsWith("[") ? name.indexOf(']') + 1 : name.indexOf(':');
        return end > 0 ? name.substring(0, end) : name;
    }
}
