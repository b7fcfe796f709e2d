// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.adapters.docker.engine;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.Collection;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/**
 * The files {@code ca.pem}, {@code cert.pem} and {@code key.pem} of a folder, as engines use them; read anew for each
 * client.
 *
 * @param folder with these files
 */
public record EngineCertificates(Path folder) {

    private static final Pattern KEY =
            Pattern.compile("-----BEGIN PRIVATE KEY-----(.*?)-----END PRIVATE KEY-----", Pattern.DOTALL);

    /** @throws IllegalArgumentException if a file is missing or cannot be read; the message names it */
    SSLContext context() {
        try {
            Collection<? extends Certificate> mine = certificates("cert.pem");
            KeyStore keys = empty();
            keys.setKeyEntry(
                    "client",
                    key(mine.iterator().next().getPublicKey().getAlgorithm()),
                    new char[0],
                    mine.toArray(Certificate[]::new));
            KeyManagerFactory own = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
            own.init(keys, new char[0]);
            KeyStore authorities = empty();
            for (Certificate authority : certificates("ca.pem")) {
                authorities.setCertificateEntry("ca" + authorities.size(), authority);
            }
            TrustManagerFactory trusted = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            trusted.init(authorities);
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(own.getKeyManagers(), trusted.getTrustManagers(), null);
            return context;
        } catch (IOException | GeneralSecurityException unusable) {
            throw new IllegalArgumentException(
                    "certificates: the files ca.pem, cert.pem and key.pem in %s cannot be used: %s"
                            .formatted(folder, unusable),
                    unusable);
        }
    }

    private static KeyStore empty() throws IOException, GeneralSecurityException {
        KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
        store.load(null, null);
        return store;
    }

    private Collection<? extends Certificate> certificates(String file) throws IOException, GeneralSecurityException {
        Collection<? extends Certificate> found = CertificateFactory.getInstance("X.509")
                .generateCertificates(new ByteArrayInputStream(Files.readAllBytes(folder.resolve(file))));
        if (found.isEmpty()) {
            throw new GeneralSecurityException(file + " has no certificate (PEM)");
        }
        return found;
    }

    private PrivateKey key(String algorithm) throws IOException, GeneralSecurityException {
        Matcher block = KEY.matcher(Files.readString(folder.resolve("key.pem"), StandardCharsets.US_ASCII));
        if (!block.find()) {
            throw new GeneralSecurityException(
                    "key.pem has no key in PKCS#8: convert it by 'openssl pkcs8 -topk8 -nocrypt -in OLD -out key.pem'");
        }
        byte[] der = Base64.getMimeDecoder().decode(block.group(1));
        return KeyFactory.getInstance(algorithm).generatePrivate(new PKCS8EncodedKeySpec(der));
    }
}
