// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.access.oidc.token;

import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jwt.JWTClaimsSet;
import eu.nephele.smo.access.oidc.keys.KeyCache;
import eu.nephele.smo.access.oidc.keys.PublishedKeys;
import eu.nephele.smo.api.port.Authenticator.Principal;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Knows callers by tokens of one provider. */
public final class BearerTokens {

    private static final String SCHEME = "bearer ";
    private static final int HASH_CHARACTERS = 12;

    private final TokenCheck check;
    private final CallerClaims callers;
    private final KeyCache keys;
    private final Duration skew;
    private final InstantSource clock;
    private final VerifiedTokens verified = new VerifiedTokens();

    /** @param skew how long a token counts after its end */
    public BearerTokens(TokenCheck check, CallerClaims callers, KeyCache keys, Duration skew, InstantSource clock) {
        this.check = check;
        this.callers = callers;
        this.keys = keys;
        this.skew = skew;
        this.clock = clock;
    }

    /**
     * @param authorization value of the header
     * @return empty when it is no token of this provider
     * @throws eu.nephele.smo.api.runtime.SmoException {@code UNAUTHENTICATED} when it is one that does not count, {@code UNAVAILABLE}
     *     when that cannot be said now
     */
    public Optional<Principal> principal(String authorization) {
        if (!authorization.regionMatches(true, 0, SCHEME, 0, SCHEME.length())) {
            return Optional.empty();
        }
        String token = authorization.substring(SCHEME.length()).strip();
        if (!TokenCheck.isToken(token)) {
            return Optional.empty();
        }
        List<JWK> present = keys.current().map(PublishedKeys::keys).orElse(List.of());
        if (token.length() > TokenCheck.MOST_CHARACTERS || present.isEmpty()) {
            return check.accessToken(token).map(claims -> known(claims, VerifiedTokens.hash(token)));
        }
        String hash = VerifiedTokens.hash(token);
        return verified.find(hash, present, clock.instant())
                .or(() -> check.accessToken(token).map(claims -> {
                    Principal caller = known(claims, hash);
                    verified.add(hash, caller, end(claims), present, clock.instant());
                    return caller;
                }));
    }

    /** It has an end: it was verified. */
    private Instant end(JWTClaimsSet claims) {
        return claims.getExpirationTime().toInstant().plus(skew);
    }

    private Principal known(JWTClaimsSet claims, String hash) {
        List<JWTClaimsSet> one = List.of(claims);
        return new Principal(
                callers.name(one),
                Set.of(),
                callers.groups(one),
                "jwt/%s/%d"
                        .formatted(
                                hash.substring(0, HASH_CHARACTERS), end(claims).getEpochSecond()));
    }
}
