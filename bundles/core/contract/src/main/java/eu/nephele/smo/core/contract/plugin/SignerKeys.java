// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.contract.plugin;

import eu.nephele.smo.core.contract.plugin.PluginSigner.SignerKey;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.PublicKey;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/** Reads keys of signers. */
public final class SignerKeys {

    private static final int LEAST_RSA_BITS = 2048;
    private static final int LEAST_EC_BITS = 224;

    private SignerKeys() {}

    /** @throws IllegalArgumentException when it is not one certificate, or that of a key that is too short */
    public static SignerKey read(String pem) {
        List<Certificate> certificates = new ArrayList<>();
        try {
            certificates.addAll(CertificateFactory.getInstance("X.509")
                    .generateCertificates(new ByteArrayInputStream(pem.getBytes(StandardCharsets.US_ASCII))));
        } catch (CertificateException broken) {
            throw new IllegalArgumentException(
                    "the certificate cannot be read as X.509 PEM: "
                            + withoutClasses(String.valueOf(broken.getMessage())),
                    broken);
        }
        if (certificates.size() != 1 || !(certificates.get(0) instanceof X509Certificate certificate)) {
            throw new IllegalArgumentException(
                    "expected one X.509 certificate in PEM, got %d".formatted(certificates.size()));
        }
        tooWeak(certificate.getPublicKey()).ifPresent(weak -> {
            throw new IllegalArgumentException("the key is too short: " + weak);
        });
        return new SignerKey(
                fingerprint(certificate),
                pem.strip(),
                certificate.getSubjectX500Principal().getName(),
                certificate.getNotBefore().toInstant(),
                certificate.getNotAfter().toInstant(),
                Optional.empty());
    }

    /** Hex SHA-256 of the key, not of the certificate: whoever has the key can make other certificates. */
    public static String fingerprint(X509Certificate certificate) {
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256")
                            .digest(certificate.getPublicKey().getEncoded()));
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("Every Java has SHA-256", impossible);
        }
    }

    /** Why a key does not count for signatures; empty when it does. */
    public static Optional<String> tooWeak(PublicKey key) {
        if (key instanceof RSAPublicKey rsa && rsa.getModulus().bitLength() < LEAST_RSA_BITS) {
            return Optional.of("RSA with %d bits, at least %d are needed"
                    .formatted(rsa.getModulus().bitLength(), LEAST_RSA_BITS));
        }
        if (key instanceof ECPublicKey ec && ec.getParams().getOrder().bitLength() < LEAST_EC_BITS) {
            return Optional.of("EC with %d bits, at least %d are needed"
                    .formatted(ec.getParams().getOrder().bitLength(), LEAST_EC_BITS));
        }
        return key.getAlgorithm().equals("DSA") ? Optional.of("DSA is not accepted") : Optional.empty();
    }

    /** Messages of the JDK begin with the names of the errors behind them. */
    private static String withoutClasses(String message) {
        return message.replaceAll("\\b(?:[a-z]+\\.)+\\w+(?:Exception|Error): ", "");
    }
}
