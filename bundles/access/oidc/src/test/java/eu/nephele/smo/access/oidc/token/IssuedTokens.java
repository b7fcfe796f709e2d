// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.access.oidc.token;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSSigner;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.OctetKeyPair;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jose.util.Base64URL;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.time.Instant;
import java.util.Arrays;
import java.util.Date;
import java.util.List;
import java.util.function.UnaryOperator;

/** An issuer with keys of its own. */
public final class IssuedTokens {

    public static final String ISSUER = "https://id.example/realms/shop";
    public static final String AUDIENCE = "smo";
    public static final Instant NOW = Instant.parse("2026-11-20T10:00:00Z");

    private IssuedTokens() {}

    public static RSAKey rsa(String id) {
        return rsa(id, 2048);
    }

    static RSAKey rsa(String id, int bits) {
        try {
            return new RSAKeyGenerator(bits, true).keyID(id).generate();
        } catch (JOSEException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    static ECKey curve(String id, Curve curve) {
        try {
            return new ECKeyGenerator(curve).keyID(id).generate();
        } catch (JOSEException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /** Public keys as they are published. */
    public static String published(JWK... keys) {
        return new JWKSet(List.of(keys)).toString(true);
    }

    /** Claims that count. */
    public static JWTClaimsSet.Builder claims() {
        return new JWTClaimsSet.Builder()
                .issuer(ISSUER)
                .audience(AUDIENCE)
                .subject("7f9c")
                .claim("preferred_username", "anna")
                .claim("groups", List.of("ops", "with space"))
                .issueTime(Date.from(NOW))
                .expirationTime(Date.from(NOW.plusSeconds(300)));
    }

    public static JWSHeader.Builder header(JWSAlgorithm algorithm, JWK key) {
        return new JWSHeader.Builder(algorithm).type(JOSEObjectType.JWT).keyID(key.getKeyID());
    }

    public static String token(RSAKey key, UnaryOperator<JWTClaimsSet.Builder> change) {
        return signed(
                header(JWSAlgorithm.RS256, key).build(), change.apply(claims()).build(), signer(key));
    }

    static JWSSigner signer(JWK key) {
        try {
            return key instanceof RSAKey rsa ? new RSASSASigner(rsa) : new ECDSASigner((ECKey) key);
        } catch (JOSEException unfit) {
            throw new IllegalStateException(unfit);
        }
    }

    static String signed(JWSHeader header, JWTClaimsSet claims, JWSSigner signer) {
        try {
            SignedJWT token = new SignedJWT(header, claims);
            token.sign(signer);
            return token.serialize();
        } catch (JOSEException unfit) {
            throw new IllegalStateException(unfit);
        }
    }

    /** An Ed25519 key of Java, as it is published. */
    record Edwards(KeyPair pair, OctetKeyPair published) {

        static Edwards generate(String id) throws GeneralSecurityException {
            KeyPair pair = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
            byte[] encoded = pair.getPublic().getEncoded();
            // the end of X.509's SubjectPublicKeyInfo is the key as RFC 8032 writes it
            byte[] key = Arrays.copyOfRange(encoded, encoded.length - 32, encoded.length);
            return new Edwards(
                    pair,
                    new OctetKeyPair.Builder(Curve.Ed25519, Base64URL.encode(key))
                            .keyID(id)
                            .build());
        }

        String token(JWTClaimsSet claims) throws GeneralSecurityException {
            String input = header(JWSAlgorithm.EdDSA, published).build().toBase64URL() + "."
                    + Base64URL.encode(claims.toString());
            Signature signature = Signature.getInstance("Ed25519");
            signature.initSign(pair.getPrivate());
            signature.update(input.getBytes(StandardCharsets.US_ASCII));
            return input + "." + Base64URL.encode(signature.sign());
        }
    }
}
