// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.store;

import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

final class AdvertisedAddress {

    private static final Set<String> EVERYWHERE = Set.of("", "0.0.0.0", "::", "[::]");

    private AdvertisedAddress() {}

    /** @param properties of the framework; a missing one is null */
    static Optional<URI> address(Function<String, String> properties) {
        Optional<String> port = Optional.ofNullable(properties.apply("smo.port"));
        String host = Optional.ofNullable(properties.apply("org.osgi.service.http.host"))
                .orElse("");
        String scheme = properties.apply("smo.tls.certificate") == null ? "http" : "https";
        return port.map(number -> URI.create("%s://%s:%s".formatted(scheme, host(host), number)));
    }

    private static String host(String listening) {
        if (!EVERYWHERE.contains(listening)) {
            return listening.contains(":") && !listening.startsWith("[") ? "[" + listening + "]" : listening;
        }
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException e) {
            return "localhost";
        }
    }
}
