// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.access.front.tls;

import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Files of the server's TLS.
 *
 * @param certificate PEM with the certificate and its chain, or PKCS#12 ({@code .p12}, {@code .pfx}) with the key, too
 * @param key PEM with the PKCS#8 key; empty: in the file of the certificate
 * @param passwordReference of the key or the PKCS#12 file: {@code file:PATH} or {@code env:NAME}
 * @param clientAuthorities PEM with the certificates of those who vouch for clients; empty: none is asked for
 */
public record TlsSettings(
        Path certificate, Optional<Path> key, Optional<String> passwordReference, Optional<Path> clientAuthorities) {

    private static final List<String> PKCS12 = List.of(".p12", ".pfx", ".pkcs12");

    boolean isPkcs12() {
        String name = certificate.toString().toLowerCase(Locale.ROOT);
        return PKCS12.stream().anyMatch(name::endsWith);
    }

    List<Path> files() {
        return Stream.of(Optional.of(certificate), key, clientAuthorities)
                .flatMap(Optional::stream)
                .distinct()
                .toList();
    }
}
