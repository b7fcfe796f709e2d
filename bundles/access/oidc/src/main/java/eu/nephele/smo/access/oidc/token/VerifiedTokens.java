// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.access.oidc.token;

import com.nimbusds.jose.jwk.JWK;
import eu.nephele.smo.api.port.Authenticator.Principal;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Tokens that were verified a moment ago, by their hashes, so that a program that reads often costs one signature a minute. With other
 * keys of the provider none of them counts. At most {@value #MOST}; of more, those used longest ago are verified again.
 */
public final class VerifiedTokens {

    static final int MOST = 10_000;
    private static final Duration LONGEST = Duration.ofSeconds(60);

    private record Verified(Principal principal, Instant until, List<JWK> keys) {}

    private final Map<String, Verified> known = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Verified> eldest) {
            return size() > MOST;
        }
    };

    /** SHA-256 of a token, in hexadecimal digits. */
    public static String hash(String token) {
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(token.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException everyJavaHasIt) {
            throw new IllegalStateException("SHA-256 is missing", everyJavaHasIt);
        }
    }

    /** @param keys of the provider now */
    public synchronized Optional<Principal> find(String hash, List<JWK> keys, Instant now) {
        Optional<Verified> found = Optional.ofNullable(known.get(hash));
        if (found.isPresent()
                && found.filter(token -> now.isBefore(token.until()) && isSame(token.keys(), keys))
                        .isEmpty()) {
            known.remove(hash);
            return Optional.empty();
        }
        return found.map(Verified::principal);
    }

    @SuppressWarnings(
            "ReferenceEquality") // the same object while they are the same: comparing keys would cost as much as a
    // signature
    private static boolean isSame(List<JWK> then, List<JWK> now) {
        return then == now;
    }

    /**
     * @param expires when the token does
     * @param keys by which it was verified
     */
    public synchronized void add(String hash, Principal principal, Instant expires, List<JWK> keys, Instant now) {
        Instant latest = now.plus(LONGEST);
        known.put(hash, new Verified(principal, expires.isBefore(latest) ? expires : latest, keys));
    }

    synchronized int size() {
        return known.size();
    }
}
