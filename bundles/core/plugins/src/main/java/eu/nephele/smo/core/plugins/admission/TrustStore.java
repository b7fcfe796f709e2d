// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.plugins.admission;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertPath;
import java.security.cert.CertPathValidator;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateFactory;
import java.security.cert.CertificateNotYetValidException;
import java.security.cert.PKIXParameters;
import java.security.cert.TrustAnchor;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Date;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;

/**
 * Those whose plugins are trusted.
 *
 * @param anchors certificates of signers, or of authorities that vouch for signers
 */
public record TrustStore(Set<X509Certificate> anchors) {

    private static final String TIME_STAMPING = "1.3.6.1.5.5.7.3.8";

    public static final TrustStore NOBODY = new TrustStore(Set.of());

    public TrustStore {
        anchors = Set.copyOf(anchors);
    }

    public enum TrustVerdict {
        TRUSTED,
        FOREIGN,
        EXPIRED
    }

    /**
     * Reads a folder of PEM files, or a key store.
     *
     * @param password of the key store; empty to read it without checking its integrity
     * @throws IOException naming the file that cannot be read
     */
    public static TrustStore read(Path place, char[] password) throws IOException {
        if (Files.isDirectory(place)) {
            Set<X509Certificate> anchors = new HashSet<>();
            try (Stream<Path> files = Files.list(place)) {
                for (Path file : files.filter(Files::isRegularFile).sorted().toList()) {
                    anchors.addAll(pem(file));
                }
            }
            return new TrustStore(anchors);
        }
        return Files.exists(place) ? keyStore(place, password) : NOBODY;
    }

    private static List<X509Certificate> pem(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            return CertificateFactory.getInstance("X.509").generateCertificates(in).stream()
                    .map(X509Certificate.class::cast)
                    .toList();
        } catch (CertificateException broken) {
            throw new IOException("%s holds no certificates: %s".formatted(file, broken.getMessage()), broken);
        }
    }

    private static TrustStore keyStore(Path file, char[] password) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(in, password.length == 0 ? null : password);
            Set<X509Certificate> anchors = new HashSet<>();
            for (String alias : Collections.list(store.aliases())) {
                if (store.getCertificate(alias) instanceof X509Certificate certificate) {
                    anchors.add(certificate);
                }
            }
            return new TrustStore(anchors);
        } catch (GeneralSecurityException | IOException broken) {
            throw new IOException("%s is not a readable key store: %s".formatted(file, broken.getMessage()), broken);
        }
    }

    /**
     * @param chain his certificate first, then those who vouch for it
     * @param at when he signed, or now
     */
    public TrustVerdict judge(List<X509Certificate> chain, Instant at) {
        X509Certificate signer = chain.get(0);
        if (anchors.contains(signer)) {
            return validAt(signer, at) ? TrustVerdict.TRUSTED : TrustVerdict.EXPIRED;
        }
        if (anchors.isEmpty()) {
            return TrustVerdict.FOREIGN;
        }
        List<X509Certificate> path = new ArrayList<>();
        for (X509Certificate certificate : chain) {
            if (anchors.contains(certificate) || isRoot(certificate)) {
                break;
            }
            path.add(certificate);
        }
        return path.isEmpty() ? TrustVerdict.FOREIGN : validate(path, at);
    }

    private TrustVerdict validate(List<X509Certificate> path, Instant at) {
        try {
            CertPath certPath = CertificateFactory.getInstance("X.509").generateCertPath(path);
            PKIXParameters parameters = new PKIXParameters(Set.copyOf(anchors.stream()
                    .map(anchor -> new TrustAnchor(anchor, null))
                    .toList()));
            parameters.setRevocationEnabled(false);
            parameters.setDate(Date.from(at));
            CertPathValidator.getInstance("PKIX").validate(certPath, parameters);
            return TrustVerdict.TRUSTED;
        } catch (CertPathValidatorException invalid) {
            return invalid.getReason() == CertPathValidatorException.BasicReason.EXPIRED
                            || invalid.getReason() == CertPathValidatorException.BasicReason.NOT_YET_VALID
                    ? TrustVerdict.EXPIRED
                    : TrustVerdict.FOREIGN;
        } catch (GeneralSecurityException unusable) {
            return TrustVerdict.FOREIGN;
        }
    }

    /**
     * @param chain of an authority of time stamps, its certificate first
     * @return whether it is known, here or to Java, and may tell the time
     */
    boolean vouchesForTime(List<X509Certificate> chain, Instant at) {
        try {
            List<String> uses = chain.isEmpty() ? null : chain.get(0).getExtendedKeyUsage();
            if (uses == null || !uses.contains(TIME_STAMPING)) {
                return false;
            }
            Set<X509Certificate> known = new HashSet<>(anchors);
            known.addAll(knownToJava());
            return new TrustStore(known).judge(chain, at) == TrustVerdict.TRUSTED;
        } catch (GeneralSecurityException unreadable) {
            return false;
        }
    }

    private static List<X509Certificate> knownToJava() throws GeneralSecurityException {
        TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        factory.init((KeyStore) null);
        return Arrays.stream(factory.getTrustManagers())
                .filter(X509TrustManager.class::isInstance)
                .flatMap(manager -> Arrays.stream(((X509TrustManager) manager).getAcceptedIssuers()))
                .toList();
    }

    private static boolean isRoot(X509Certificate certificate) {
        return certificate.getSubjectX500Principal().equals(certificate.getIssuerX500Principal());
    }

    private static boolean validAt(X509Certificate certificate, Instant at) {
        try {
            certificate.checkValidity(Date.from(at));
            return true;
        } catch (CertificateExpiredException | CertificateNotYetValidException invalid) {
            return false;
        }
    }
}
