// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.access.oidc.token;

import com.nimbusds.jose.jwk.OctetKeyPair;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.EdECPoint;
import java.security.spec.EdECPublicKeySpec;
import java.security.spec.NamedParameterSpec;

/** Verifies signatures of Ed25519 with what Java has: the library would need another one for that. */
final class EdwardsSignature {

    private static final String ALGORITHM = "Ed25519";
    private static final int KEY_BYTES = 32;
    private static final int SIGN = 0x80;

    private EdwardsSignature() {}

    static boolean fits(byte[] signed, byte[] signature, OctetKeyPair key) {
        try {
            Signature verifier = Signature.getInstance(ALGORITHM);
            verifier.initVerify(publicKey(key.getDecodedX()));
            verifier.update(signed);
            return verifier.verify(signature);
        } catch (GeneralSecurityException unfit) {
            return false;
        }
    }

    /** RFC 8032, 5.1.2: y in little-endian order, the highest bit is the sign of x. */
    private static PublicKey publicKey(byte[] encoded) throws GeneralSecurityException {
        if (encoded.length != KEY_BYTES) {
            throw new GeneralSecurityException("expected a key of %d bytes".formatted(KEY_BYTES));
        }
        byte[] bigEndian = new byte[KEY_BYTES];
        for (int i = 0; i < KEY_BYTES; i++) {
            bigEndian[i] = encoded[KEY_BYTES - 1 - i];
        }
        boolean odd = (bigEndian[0] & SIGN) != 0;
        bigEndian[0] &= SIGN - 1;
        EdECPoint point = new EdECPoint(odd, new BigInteger(1, bigEndian));
        return KeyFactory.getInstance(ALGORITHM)
                .generatePublic(new EdECPublicKeySpec(NamedParameterSpec.ED25519, point));
    }
}
