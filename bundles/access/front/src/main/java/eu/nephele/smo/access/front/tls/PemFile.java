// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.access.front.tls;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import javax.crypto.Cipher;
import javax.crypto.EncryptedPrivateKeyInfo;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;

/** Certificates and keys in PEM (RFC 7468). What stands between the blocks is ignored. */
record PemFile(Path file, String text) {

    private static final Pattern BLOCK =
            Pattern.compile("-----BEGIN ([A-Z0-9 ]+)-----(.*?)-----END \\1-----", Pattern.DOTALL);
    private static final String CERTIFICATE = "CERTIFICATE";
    private static final String KEY = "PRIVATE KEY";
    private static final String ENCRYPTED_KEY = "ENCRYPTED PRIVATE KEY";
    private static final String PBES2 = "1.2.840.113549.1.5.13";

    private record PemBlock(String label, String base64) {}

    /** @throws UnusableCertificateException when there is none, or one that cannot be read */
    List<X509Certificate> certificates() throws UnusableCertificateException {
        List<X509Certificate> certificates = new ArrayList<>();
        for (PemBlock block : blocks()) {
            if (block.label().equals(CERTIFICATE)) {
                certificates.add(certificate(der(block)));
            }
        }
        if (certificates.isEmpty()) {
            throw new UnusableCertificateException("%s has no certificate (PEM)".formatted(file));
        }
        return certificates;
    }

    /**
     * @param algorithm of the certificate that the key belongs to
     * @param password empty when none is configured
     */
    PrivateKey key(String algorithm, Optional<char[]> password) throws UnusableCertificateException {
        for (PemBlock block : blocks()) {
            switch (block.label()) {
                case KEY -> {
                    return plain(der(block), algorithm);
                }
                case ENCRYPTED_KEY -> {
                    return encrypted(der(block), algorithm, password);
                }
                case "RSA PRIVATE KEY", "EC PRIVATE KEY" ->
                    throw new UnusableCertificateException(
                            "%s has a key that is not PKCS#8: convert it by 'openssl pkcs8 -topk8 -nocrypt -in OLD -out NEW'"
                                    .formatted(file));
                default -> {
                    // certificates and parameters of curves may stand in the same file
                }
            }
        }
        throw new UnusableCertificateException("%s has no private key (PEM, PKCS#8)".formatted(file));
    }

    private PrivateKey plain(byte[] der, String algorithm) throws UnusableCertificateException {
        try {
            return KeyFactory.getInstance(algorithm).generatePrivate(new PKCS8EncodedKeySpec(der));
        } catch (GeneralSecurityException unreadable) {
            throw new UnusableCertificateException(
                    "%s has no readable key for the algorithm %s of the certificate".formatted(file, algorithm),
                    unreadable);
        }
    }

    private PrivateKey encrypted(byte[] der, String algorithm, Optional<char[]> password)
            throws UnusableCertificateException {
        char[] secret = password.orElseThrow(
                () -> new UnusableCertificateException("%s is encrypted: set tlsPassword".formatted(file)));
        try {
            EncryptedPrivateKeyInfo info = new EncryptedPrivateKeyInfo(der);
            // PBES2 names its real algorithm in the parameters only
            String cipherName =
                    info.getAlgName().equals(PBES2) || info.getAlgName().equals("PBES2")
                            ? info.getAlgParameters().toString()
                            : info.getAlgName();
            Cipher cipher = Cipher.getInstance(cipherName);
            cipher.init(
                    Cipher.DECRYPT_MODE,
                    SecretKeyFactory.getInstance(cipherName).generateSecret(new PBEKeySpec(secret)),
                    info.getAlgParameters());
            return plain(info.getKeySpec(cipher).getEncoded(), algorithm);
        } catch (IOException | GeneralSecurityException undecipherable) {
            throw new UnusableCertificateException(
                    "%s cannot be decrypted: the secret of tlsPassword does not fit, or this Java does not know its encryption"
                            .formatted(file),
                    undecipherable);
        }
    }

    private X509Certificate certificate(byte[] der) throws UnusableCertificateException {
        try {
            return (X509Certificate)
                    CertificateFactory.getInstance("X.509").generateCertificate(new ByteArrayInputStream(der));
        } catch (CertificateException unreadable) {
            throw new UnusableCertificateException(
                    "%s has a certificate that cannot be read".formatted(file), unreadable);
        }
    }

    private List<PemBlock> blocks() {
        return BLOCK.matcher(text)
                .results()
                .map(block -> new PemBlock(block.group(1), block.group(2)))
                .toList();
    }

    private byte[] der(PemBlock block) throws UnusableCertificateException {
        try {
            return Base64.getMimeDecoder().decode(block.base64());
        } catch (IllegalArgumentException noBase64) {
            throw new UnusableCertificateException("%s has a block that is not Base64".formatted(file), noBase64);
        }
    }
}
