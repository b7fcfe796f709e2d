// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.access.security;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Collection;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Names under which this server may be called. They refuse a foreign page that calls a server on the loopback address,
 * by the page's own name (DNS rebinding) or from its own origin.
 */
final class HostNames {

    private static final Set<String> LOOPBACK = Set.of("localhost", "127.0.0.1", "[::1]");
    private static final Set<String> EVERYWHERE = Set.of("", "0.0.0.0", "[::]", "[0:0:0:0:0:0:0:0]");
    private static final int HTTP = 80;
    private static final int HTTPS = 443;

    private final Set<String> allowed;
    private final Set<String> configured;
    private final boolean loopbackOnly;

    /** @param bound address that the server is bound to, "" for all */
    HostNames(String bound, Collection<String> configured) {
        String address = bound.strip().toLowerCase(Locale.ROOT);
        this.loopbackOnly = isLoopback(address);
        Set<String> names = new HashSet<>(LOOPBACK);
        String name = bracketed(address);
        if (!EVERYWHERE.contains(name)) {
            names.add(name);
        }
        this.configured = configured.stream()
                .filter(further -> !further.isBlank())
                .map(further -> bracketed(further.strip().toLowerCase(Locale.ROOT)))
                .collect(Collectors.toUnmodifiableSet());
        names.addAll(this.configured);
        this.allowed = Set.copyOf(names);
    }

    boolean loopbackOnly() {
        return loopbackOnly;
    }

    /**
     * Returns whether a call under that name can only come from this machine.
     *
     * @param host value of the header {@code Host}, with or without port
     */
    static boolean isOfThisMachine(String host) {
        return isLoopback(withoutPort(host));
    }

    /** @param host value of the header {@code Host}, with or without port */
    boolean allowsHost(String host) {
        return allowed.contains(withoutPort(host));
    }

    /**
     * Returns whether a page from that origin may call. On this machine another port is another program, so the port
     * must be the one that is called; a configured name may belong to a proxy with a port of its own.
     */
    boolean allowsOrigin(String origin, String host) {
        try {
            URI page = new URI(origin);
            if (page.getHost() == null) {
                return false;
            }
            String name = page.getHost().toLowerCase(Locale.ROOT);
            return configured.contains(name)
                    || (allowed.contains(name) && port(page) == port(new URI("http://" + host.strip())));
        } catch (URISyntaxException noOrigin) {
            return false;
        }
    }

    private static int port(URI uri) {
        return uri.getPort() >= 0 ? uri.getPort() : "https".equalsIgnoreCase(uri.getScheme()) ? HTTPS : HTTP;
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
