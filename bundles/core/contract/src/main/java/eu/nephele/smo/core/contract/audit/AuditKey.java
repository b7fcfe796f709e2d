// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.contract.audit;

import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.spec.X509EncodedKeySpec;
import java.time.Instant;
import java.util.Base64;
import java.util.HexFormat;

/**
 * A public key that signs seals. Each server has one of its own.
 *
 * @param id first 16 hex digits of SHA-256 of the encoded key
 * @param encoded X.509 SubjectPublicKeyInfo, base64
 * @param since when it was first used
 */
public record AuditKey(String id, String encoded, Instant since) {

    private static final int ID_DIGITS = 16;

    /** A key with its id. */
    public static AuditKey from(PublicKey key, Instant since) {
        byte[] bytes = key.getEncoded();
        return new AuditKey(id(bytes), Base64.getEncoder().encodeToString(bytes), since);
    }

    /** A key as somebody keeps it: base64, in one line. */
    public static AuditKey from(String encoded) {
        try {
            return new AuditKey(id(Base64.getDecoder().decode(encoded.strip())), encoded.strip(), Instant.EPOCH);
        } catch (IllegalArgumentException noBase64) {
            throw new IllegalArgumentException("The key of an audit is base64 in one line", noBase64);
        }
    }

    private static String id(byte[] bytes) {
        return HexFormat.of().formatHex(AuditEncoding.sha256().digest(bytes)).substring(0, ID_DIGITS);
    }

    /** @throws GeneralSecurityException when it is no key of Ed25519 */
    public PublicKey key() throws GeneralSecurityException {
        return KeyFactory.getInstance("Ed25519")
                .generatePublic(new X509EncodedKeySpec(Base64.getDecoder().decode(encoded)));
    }
}
