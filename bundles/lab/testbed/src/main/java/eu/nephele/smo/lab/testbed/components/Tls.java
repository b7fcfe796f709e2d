// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.testbed.components;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/** TLS with the certificates of a test bed. */
public final class Tls {

    private static final char[] NO_PASSWORD = new char[0];

    private Tls() {}

    public static SSLContext trusting(Path authority) throws IOException {
        try (InputStream in = Files.newInputStream(authority)) {
            KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
            store.load(null, null);
            store.setCertificateEntry("authority", certificate(in));
            TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            trust.init(store);
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, trust.getTrustManagers(), null);
            return context;
        } catch (GeneralSecurityException e) {
            throw new IOException("%s is not a CA certificate: %s".formatted(authority, e.getMessage()), e);
        }
    }

    /** @param pair folder with {@code tls.crt} and {@code tls.key} of a server */
    public static SSLContext serving(Path pair) throws IOException {
        try (InputStream in = Files.newInputStream(pair.resolve("tls.crt"))) {
            String key = Files.readString(pair.resolve("tls.key"))
                    .replaceAll("-----[A-Z ]*-----", "")
                    .replaceAll("\\s", "");
            KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
            store.load(null, null);
            store.setKeyEntry(
                    "own",
                    KeyFactory.getInstance("EC")
                            .generatePrivate(
                                    new PKCS8EncodedKeySpec(Base64.getDecoder().decode(key))),
                    NO_PASSWORD,
                    new Certificate[] {certificate(in)});
            KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
            keys.init(store, NO_PASSWORD);
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(keys.getKeyManagers(), null, null);
            return context;
        } catch (GeneralSecurityException e) {
            throw new IOException("%s holds no key and certificate: %s".formatted(pair, e.getMessage()), e);
        }
    }

    private static Certificate certificate(InputStream in) throws GeneralSecurityException {
        return CertificateFactory.getInstance("X.509").generateCertificate(in);
    }
}
