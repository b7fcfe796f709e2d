// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.access.cli.client;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/**
 * Who vouches for the certificate of an https server.
 *
 * @param file of an option, which comes before the environment
 * @param environment possibly with {@code SMO_CA}
 */
public record ServerAuthorities(Optional<Path> file, Map<String, String> environment) {

    private static final String VARIABLE = "SMO_CA";

    /**
     * Returns a context that trusts the certificates of the file and no others; empty for those of Java.
     *
     * @throws IllegalArgumentException when the file cannot be read or has no certificate
     */
    public Optional<SSLContext> context() {
        String told = environment.getOrDefault(VARIABLE, "").strip();
        return file.map(named -> context("--ca", named))
                .or(() -> told.isEmpty() ? Optional.empty() : Optional.of(context(VARIABLE, Path.of(told))));
    }

    private static SSLContext context(String source, Path file) {
        try (InputStream in = Files.newInputStream(file)) {
            Collection<? extends Certificate> certificates =
                    CertificateFactory.getInstance("X.509").generateCertificates(in);
            if (certificates.isEmpty()) {
                throw new IllegalArgumentException("%s %s: the file has no certificate (PEM)".formatted(source, file));
            }
            KeyStore trusted = KeyStore.getInstance("PKCS12");
            trusted.load(null, null);
            int number = 0;
            for (Certificate certificate : certificates) {
                trusted.setCertificateEntry("authority-" + number++, certificate);
            }
            TrustManagerFactory managers = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            managers.init(trusted);
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, managers.getTrustManagers(), null);
            return context;
        } catch (IOException | GeneralSecurityException unreadable) {
            throw new IllegalArgumentException(
                    "%s %s: certificates (PEM) cannot be read: %s".formatted(source, file, unreadable), unreadable);
        }
    }
}
