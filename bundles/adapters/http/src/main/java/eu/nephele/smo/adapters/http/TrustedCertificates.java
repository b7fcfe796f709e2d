// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.adapters.http;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.util.Collection;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/** Trusts the certificates of one file, and no others. */
final class TrustedCertificates {

    private TrustedCertificates() {}

    static SSLContext load(Path file, String system) {
        try {
            KeyStore trusted = KeyStore.getInstance("PKCS12");
            trusted.load(null, null);
            int number = 0;
            for (Certificate certificate : read(file, system)) {
                trusted.setCertificateEntry("trusted-" + number++, certificate);
            }
            TrustManagerFactory managers = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            managers.init(trusted);
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, managers.getTrustManagers(), null);
            return context;
        } catch (IOException | GeneralSecurityException unreadable) {
            throw (IllegalArgumentException) CheckedSettings.wrong(
                            system,
                            "caFile",
                            "certificates (PEM) cannot be read from %s: %s".formatted(file, unreadable))
                    .initCause(unreadable);
        }
    }

    private static Collection<? extends Certificate> read(Path file, String system)
            throws IOException, GeneralSecurityException {
        try (InputStream in = Files.newInputStream(file)) {
            Collection<? extends Certificate> certificates =
                    CertificateFactory.getInstance("X.509").generateCertificates(in);
            if (certificates.isEmpty()) {
                throw CheckedSettings.wrong(system, "caFile", "no certificate (PEM) found in " + file);
            }
            return certificates;
        }
    }
}
