// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.access.oidc.token;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.ECDSAVerifier;
import com.nimbusds.jose.crypto.RSASSAVerifier;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.OctetKeyPair;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import eu.nephele.smo.access.oidc.keys.KeyCache;
import eu.nephele.smo.api.runtime.SmoException;
import java.text.ParseException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Date;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * Verifies tokens of one provider (RFC 7519, with the advice of RFC 8725): what is cheap first, then the signature, and only then what
 * it says. Keys, and addresses of keys, in a token are not looked at.
 */
public final class TokenCheck {

    /** A longer one is not even read. */
    public static final int MOST_CHARACTERS = 16 * 1024;

    private static final String PLAIN_TYPE = "jwt";

    /** Types of access tokens (RFC 9068), and no type. */
    private static final Set<String> ACCESS_TYPES = Set.of(PLAIN_TYPE, "at+jwt", "application/at+jwt");

    private static final Set<String> LOGIN_TYPES = Set.of(PLAIN_TYPE, "id_token+jwt", "application/id_token+jwt");

    /** Claims that a token of a login has, and one for calls has not (OpenID Connect Core, 3.1.3.6 and 3.3.2.11). */
    private static final List<String> OF_LOGINS = List.of("at_hash", "c_hash");

    private final TokenRules rules;
    private final KeyCache keys;
    private final InstantSource clock;

    public TokenCheck(TokenRules rules, KeyCache keys, InstantSource clock) {
        this.rules = rules;
        this.keys = keys;
        this.clock = clock;
    }

    /** Returns whether a text has the form of a signed token, whoever issued it. */
    public static boolean isToken(String text) {
        return text.startsWith("eyJ") && text.indexOf('.') > 0;
    }

    /**
     * Verifies a token that comes with a call.
     *
     * @return what it says; empty when it says that somebody else has issued it
     * @throws SmoException {@code UNAUTHENTICATED} when it does not count, {@code UNAVAILABLE} when that cannot be said now
     */
    public Optional<JWTClaimsSet> accessToken(String text) {
        SignedJWT token = read(text);
        JWTClaimsSet claims = claims(token);
        if (!rules.issuer().equals(claims.getIssuer())) {
            return Optional.empty();
        }
        requireSignature(token, ACCESS_TYPES);
        requireTimes(claims);
        if (!audience(claims).contains(rules.audience())) {
            throw TokenRefusal.because("is for another audience");
        }
        requireForCalls(claims, type(token));
        return Optional.of(claims);
    }

    /**
     * Verifies the token that a login gives.
     *
     * @param nonce that the login began with; empty when it began without
     * @throws SmoException as above
     */
    public JWTClaimsSet loginToken(String text, Optional<String> nonce) {
        SignedJWT token = read(text);
        JWTClaimsSet claims = claims(token);
        requireSignature(token, LOGIN_TYPES);
        if (!rules.issuer().equals(claims.getIssuer())) {
            throw TokenRefusal.because("of the login is of another issuer");
        }
        requireTimes(claims);
        Object authorized = claims.getClaim("azp");
        if (!audience(claims).contains(rules.clientId())
                || (authorized != null && !authorized.equals(rules.clientId()))) {
            throw TokenRefusal.because("of the login is for another client");
        }
        if (nonce.isPresent() && !nonce.get().equals(claims.getClaim("nonce"))) {
            throw TokenRefusal.because("of the login is not of this login: its nonce is another one");
        }
        return claims;
    }

    /** Returns whether that is the issuer of its tokens. */
    public boolean isIssuer(String issuer) {
        return rules.issuer().equals(issuer);
    }

    private static SignedJWT read(String text) {
        if (text.length() > MOST_CHARACTERS) {
            throw TokenRefusal.because("is longer than %d characters".formatted(MOST_CHARACTERS));
        }
        try {
            return SignedJWT.parse(text);
        } catch (ParseException | IllegalArgumentException malformed) {
            throw TokenRefusal.because("is no signed JWT");
        }
    }

    private static JWTClaimsSet claims(SignedJWT token) {
        try {
            JWTClaimsSet claims = token.getJWTClaimsSet();
            if (claims == null) {
                throw TokenRefusal.because("has no claims");
            }
            return claims;
        } catch (ParseException malformed) {
            throw TokenRefusal.because("has malformed claims");
        }
    }

    private void requireSignature(SignedJWT token, Set<String> types) {
        JWSHeader header = token.getHeader();
        if (!rules.algorithms().contains(header.getAlgorithm().getName())) {
            throw TokenRefusal.because("has an algorithm that is not accepted");
        }
        if (header.getCriticalParams() != null && !header.getCriticalParams().isEmpty()) {
            throw TokenRefusal.because("has critical header parameters (crit), of which none is known here");
        }
        if (!types.contains(type(token))) {
            throw TokenRefusal.because("is of another type");
        }
        List<JWK> candidates = keys.find(header);
        if (candidates.isEmpty()) {
            throw TokenRefusal.because("is signed by a key that its issuer does not publish");
        }
        if (candidates.stream().noneMatch(key -> fits(token, key))) {
            throw TokenRefusal.because("has a wrong signature");
        }
    }

    private static String type(SignedJWT token) {
        return Optional.ofNullable(token.getHeader().getType())
                .map(type -> type.getType().toLowerCase(Locale.ROOT))
                .orElse(PLAIN_TYPE);
    }

    private static boolean fits(SignedJWT token, JWK key) {
        try {
            if (key instanceof RSAKey rsa) {
                return token.verify(new RSASSAVerifier(rsa));
            }
            if (key instanceof ECKey curve) {
                return token.verify(new ECDSAVerifier(curve));
            }
            return key instanceof OctetKeyPair pair
                    && EdwardsSignature.fits(
                            token.getSigningInput(), token.getSignature().decode(), pair);
        } catch (JOSEException | IllegalStateException unfit) {
            return false;
        }
    }

    private void requireTimes(JWTClaimsSet claims) {
        Instant now = clock.instant();
        Instant until = Optional.ofNullable(claims.getExpirationTime())
                .map(Date::toInstant)
                .orElseThrow(() -> TokenRefusal.because("has no end (exp)"));
        if (!now.isBefore(until.plus(rules.skew()))) {
            throw TokenRefusal.because("has expired");
        }
        boolean early = Optional.ofNullable(claims.getNotBeforeTime())
                .map(Date::toInstant)
                .filter(from -> now.plus(rules.skew()).isBefore(from))
                .isPresent();
        if (early) {
            throw TokenRefusal.because("is not valid yet");
        }
    }

    private static List<String> audience(JWTClaimsSet claims) {
        return Optional.ofNullable(claims.getAudience()).orElse(List.of());
    }

    /**
     * Keycloak names the type of a token in its content, and repeats the nonce of a login in both of its tokens. Of a token that does
     * not say what it is, the nonce says that it is one of a login.
     */
    private static void requireForCalls(JWTClaimsSet claims, String headerType) {
        Object type = claims.getClaim("typ");
        boolean isOther = type != null && !type.toString().equalsIgnoreCase("Bearer");
        boolean isOfLogin = type == null && headerType.equals(PLAIN_TYPE) && claims.getClaim("nonce") != null;
        if (isOther || isOfLogin || OF_LOGINS.stream().anyMatch(name -> claims.getClaim(name) != null)) {
            throw TokenRefusal.because("is no access token");
        }
        if (claims.getClaim("cnf") != null) {
            throw TokenRefusal.because("is bound to a key of its holder (cnf), which cannot be shown here");
        }
    }
}
