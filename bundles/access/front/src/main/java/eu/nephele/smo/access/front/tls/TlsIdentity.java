// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.access.front.tls;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;

/**
 * Who the server is, and whom it believes.
 *
 * @param chain the certificate of the server first; each is signed by the next one
 * @param clientAuthorities who vouches for clients; empty when no certificate is asked for
 */
record TlsIdentity(PrivateKey key, List<X509Certificate> chain, List<X509Certificate> clientAuthorities) {

    private static final byte[] PROOF = "proof of possession".getBytes(StandardCharsets.UTF_8);
    private static final char[] IN_MEMORY = new char[0];

    X509Certificate certificate() {
        return chain.get(0);
    }

    Instant end() {
        return certificate().getNotAfter().toInstant();
    }

    /** Empty when the certificate is valid at that time. */
    Optional<String> invalid(Instant now) {
        if (now.isAfter(end())) {
            return Optional.of("the certificate has expired on " + end());
        }
        Instant begin = certificate().getNotBefore().toInstant();
        return now.isBefore(begin) ? Optional.of("the certificate is not valid before " + begin) : Optional.empty();
    }

    /** Everything that a handshake needs; classes of the JDK only, which outlive this bundle. */
    SSLContext context() throws UnusableCertificateException {
        checkKey();
        checkChain();
        try {
            KeyStore keys = empty();
            keys.setKeyEntry("server", key, IN_MEMORY, chain.toArray(X509Certificate[]::new));
            KeyManagerFactory keyManagers = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
            keyManagers.init(keys, IN_MEMORY);
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(keyManagers.getKeyManagers(), trust(), null);
            return context;
        } catch (GeneralSecurityException | java.io.IOException refused) {
            throw new UnusableCertificateException(
                    "Java refuses the certificate or its key: " + refused.getMessage(), refused);
        }
    }

    private TrustManager[] trust() throws GeneralSecurityException, java.io.IOException {
        if (clientAuthorities.isEmpty()) {
            return new TrustManager[0];
        }
        KeyStore trusted = empty();
        for (int number = 0; number < clientAuthorities.size(); number++) {
            trusted.setCertificateEntry("authority-" + number, clientAuthorities.get(number));
        }
        TrustManagerFactory managers = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        managers.init(trusted);
        return managers.getTrustManagers();
    }

    private static KeyStore empty() throws GeneralSecurityException, java.io.IOException {
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        return store;
    }

    private void checkKey() throws UnusableCertificateException {
        String algorithm = certificate().getPublicKey().getAlgorithm();
        try {
            Signature signature = Signature.getInstance(signatureOf(algorithm));
            signature.initSign(key);
            signature.update(PROOF);
            byte[] signed = signature.sign();
            signature.initVerify(certificate().getPublicKey());
            signature.update(PROOF);
            if (signature.verify(signed)) {
                return;
            }
        } catch (GeneralSecurityException other) {
            throw new UnusableCertificateException("the key does not belong to the certificate", other);
        }
        throw new UnusableCertificateException("the key does not belong to the certificate");
    }

    private static String signatureOf(String algorithm) throws UnusableCertificateException {
        return switch (algorithm) {
            case "RSA" -> "SHA256withRSA";
            case "EC" -> "SHA256withECDSA";
            default ->
                throw new UnusableCertificateException(
                        "the certificate has a key of the algorithm %s, expected RSA or EC".formatted(algorithm));
        };
    }

    private void checkChain() throws UnusableCertificateException {
        for (int at = 0; at + 1 < chain.size(); at++) {
            try {
                chain.get(at).verify(chain.get(at + 1).getPublicKey());
            } catch (GeneralSecurityException foreign) {
                throw new UnusableCertificateException(
                        "certificate %d of the chain is not signed by the next one: the server's own comes first, then that of its issuer"
                                .formatted(at + 1),
                        foreign);
            }
        }
    }
}
