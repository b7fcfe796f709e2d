// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.access.oidc.keys;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.KeyOperation;
import com.nimbusds.jose.jwk.KeyType;
import com.nimbusds.jose.jwk.KeyUse;
import com.nimbusds.jose.jwk.OctetKeyPair;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.util.JSONObjectUtils;
import java.text.ParseException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Keys that a provider has published for signatures.
 *
 * @param keys public keys only
 * @param readAt when they were read
 */
public record PublishedKeys(List<JWK> keys, Instant readAt) {

    /** A provider has a few; what comes after these is not looked at. */
    private static final int MOST_KEYS = 100;

    /** A token that does not name its key is tried with so many. */
    private static final int MOST_UNNAMED = 5;

    private static final int LEAST_RSA_BITS = 2048;
    private static final int LONGEST_ID = 500;

    public PublishedKeys {
        keys = List.copyOf(keys);
    }

    /**
     * Reads a JSON Web Key Set (RFC 7517). Keys of other kinds and for other uses are left out, as the RFC asks for.
     *
     * @throws NoKeySet it is none, or no key for signatures is in it
     */
    static PublishedKeys read(String text, Instant now) throws NoKeySet {
        List<JWK> keys;
        try {
            Map<String, Object>[] all = JSONObjectUtils.getJSONObjectArray(JSONObjectUtils.parse(text), "keys");
            if (all == null) {
                throw new NoKeySet("it has no member keys");
            }
            keys = Stream.of(all)
                    .limit(MOST_KEYS)
                    .flatMap(key -> key(key).stream())
                    .toList();
        } catch (ParseException malformed) {
            throw new NoKeySet("it is no JSON Web Key Set");
        }
        if (keys.isEmpty()) {
            throw new NoKeySet("it has no public key for signatures");
        }
        return new PublishedKeys(keys, now);
    }

    /** What a provider answers is no set of keys; the message says why. */
    static final class NoKeySet extends Exception {

        private static final long serialVersionUID = 1L;

        NoKeySet(String why) {
            super(why);
        }
    }

    private static Optional<JWK> key(Map<String, Object> json) {
        try {
            return Optional.of(JWK.parse(json).toPublicJWK()).filter(PublishedKeys::signs);
        } catch (ParseException | RuntimeException unusable) {
            return Optional.empty();
        }
    }

    /** A symmetric key has no public part, so it is gone already. */
    private static boolean signs(JWK key) {
        boolean use = key.getKeyUse() == null || KeyUse.SIGNATURE.equals(key.getKeyUse());
        boolean operations =
                key.getKeyOperations() == null || key.getKeyOperations().contains(KeyOperation.VERIFY);
        boolean id = key.getKeyID() == null || key.getKeyID().length() <= LONGEST_ID;
        return use && operations && id && isStrong(key);
    }

    private static boolean isStrong(JWK key) {
        if (key instanceof RSAKey rsa) {
            return rsa.size() >= LEAST_RSA_BITS;
        }
        return key instanceof ECKey || (key instanceof OctetKeyPair pair && Curve.Ed25519.equals(pair.getCurve()));
    }

    /** The keys that a signature with this header may be of. The header is asked for the name of a key only, never for a key. */
    List<JWK> fitting(JWSHeader header) {
        Optional<String> id = Optional.ofNullable(header.getKeyID());
        return keys.stream()
                .filter(key -> id.isEmpty() || id.get().equals(key.getKeyID()))
                .filter(key -> isOf(key, header.getAlgorithm()))
                .limit(MOST_UNNAMED)
                .toList();
    }

    /** The algorithm follows from the key, not from the token alone. */
    private static boolean isOf(JWK key, JWSAlgorithm algorithm) {
        if (key.getAlgorithm() != null
                && !key.getAlgorithm().getName().equals(algorithm.getName())
                && !(isEdwards(algorithm) && key.getKeyType().equals(KeyType.OKP))) {
            return false;
        }
        if (key instanceof ECKey curve) {
            return Curve.forJWSAlgorithm(algorithm) != null
                    && Curve.forJWSAlgorithm(algorithm).contains(curve.getCurve());
        }
        return key instanceof RSAKey ? JWSAlgorithm.Family.RSA.contains(algorithm) : isEdwards(algorithm);
    }

    private static boolean isEdwards(JWSAlgorithm algorithm) {
        return algorithm.equals(JWSAlgorithm.EdDSA) || algorithm.equals(JWSAlgorithm.Ed25519);
    }

    /** Returns whether another set has the same keys. */
    boolean isSame(PublishedKeys other) {
        return keys.equals(other.keys);
    }
}
