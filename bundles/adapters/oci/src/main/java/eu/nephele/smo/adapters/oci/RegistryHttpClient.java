// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.adapters.oci;

import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

final class RegistryHttpClient {

    private RegistryHttpClient() {}

    /**
     * The threads of the client outlive the adapter until it is collected, so they do not inherit the class loader of whoever
     * starts it.
     *
     * @throws IllegalArgumentException naming the key whose value cannot be used
     */
    static HttpClient create(OciSettings settings, RegistryProxySelector routes) {
        Thread thread = Thread.currentThread();
        ClassLoader before = thread.getContextClassLoader();
        thread.setContextClassLoader(ClassLoader.getSystemClassLoader());
        try {
            HttpClient.Builder builder = HttpClient.newBuilder()
                    .connectTimeout(settings.connectTimeout())
                    .followRedirects(HttpClient.Redirect.NEVER)
                    .proxy(routes);
            settings.caFile().map(RegistryHttpClient::trusting).ifPresent(builder::sslContext);
            return builder.build();
        } finally {
            thread.setContextClassLoader(before);
        }
    }

    private static SSLContext trusting(Path file) {
        try (InputStream in = Files.newInputStream(file)) {
            KeyStore trusted = KeyStore.getInstance("PKCS12");
            trusted.load(null, null);
            for (Certificate each : CertificateFactory.getInstance("X.509").generateCertificates(in)) {
                trusted.setCertificateEntry("trusted-" + trusted.size(), each);
            }
            if (trusted.size() == 0) {
                throw new CertificateException("no certificate in it");
            }
            TrustManagerFactory managers = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            managers.init(trusted);
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, managers.getTrustManagers(), null);
            return context;
        } catch (IOException | GeneralSecurityException unusable) {
            throw new IllegalArgumentException(
                    "caFile in %s: %s cannot be used, expected certificates (PEM): %s"
                            .formatted(OciSettings.PID, file, unusable.getMessage()),
                    unusable);
        }
    }
}
