// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.access.oidc.token;

import static eu.nephele.smo.access.oidc.token.IssuedTokens.AUDIENCE;
import static eu.nephele.smo.access.oidc.token.IssuedTokens.ISSUER;
import static eu.nephele.smo.access.oidc.token.IssuedTokens.NOW;
import static eu.nephele.smo.access.oidc.token.IssuedTokens.claims;
import static eu.nephele.smo.access.oidc.token.IssuedTokens.header;
import static eu.nephele.smo.access.oidc.token.IssuedTokens.published;
import static eu.nephele.smo.access.oidc.token.IssuedTokens.signed;
import static eu.nephele.smo.access.oidc.token.IssuedTokens.signer;
import static eu.nephele.smo.access.oidc.token.IssuedTokens.token;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.crypto.opts.AllowWeakRSAKey;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.KeyUse;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.util.Base64;
import com.nimbusds.jose.util.Base64URL;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.PlainJWT;
import eu.nephele.smo.access.oidc.keys.KeyCache;
import eu.nephele.smo.access.oidc.keys.KeyCache.KeyTimes;
import eu.nephele.smo.api.runtime.SmoException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Each fault alone makes a token that would count otherwise one that does not. */
class TokenCheckTest {

    private static final RSAKey KEY = IssuedTokens.rsa("k1");
    private static final RSAKey FOREIGN = IssuedTokens.rsa("k1");
    private static final ECKey CURVE = IssuedTokens.curve("e1", Curve.P_256);
    private static final String CLIENT = "smo-client";
    private static final Set<String> ALGORITHMS = Set.of("RS256", "PS256", "ES256", "ES384", "ES512", "EdDSA");

    private static TokenCheck check(JWK... keys) {
        return check(ALGORITHMS, keys);
    }

    private static TokenCheck check(Set<String> algorithms, JWK... keys) {
        InstantSource clock = InstantSource.fixed(NOW);
        String set = published(keys);
        KeyTimes times = new KeyTimes(Duration.ofMinutes(5), Duration.ofHours(24), Duration.ofSeconds(10));
        return new TokenCheck(
                new TokenRules("corp", ISSUER, AUDIENCE, CLIENT, algorithms, Duration.ofSeconds(60)),
                new KeyCache("corp", () -> set, times, clock),
                clock);
    }

    private static void assertRefused(String token, String why) {
        assertThatThrownBy(() -> check(KEY, CURVE).accessToken(token))
                .isInstanceOfSatisfying(SmoException.class, refused -> assertThat(refused.kind())
                        .isEqualTo(SmoException.Kind.UNAUTHENTICATED))
                .hasMessageContaining(why)
                .hasMessageNotContaining(AUDIENCE + " ")
                .hasMessageNotContaining(ISSUER);
    }

    @Test
    void tokensOfEachKindOfKeyCount() throws Exception {
        assertThat(check(KEY)
                        .accessToken(token(KEY, same -> same))
                        .orElseThrow()
                        .getSubject())
                .isEqualTo("7f9c");
        String pss = signed(header(JWSAlgorithm.PS256, KEY).build(), claims().build(), signer(KEY));
        assertThat(check(KEY).accessToken(pss)).isPresent();
        for (Curve curve : List.of(Curve.P_256, Curve.P_384, Curve.P_521)) {
            ECKey key = IssuedTokens.curve("e", curve);
            JWSAlgorithm algorithm = Map.of(
                            Curve.P_256,
                            JWSAlgorithm.ES256,
                            Curve.P_384,
                            JWSAlgorithm.ES384,
                            Curve.P_521,
                            JWSAlgorithm.ES512)
                    .get(curve);
            String token = signed(header(algorithm, key).build(), claims().build(), signer(key));
            assertThat(check(KEY, key).accessToken(token)).as(curve.getName()).isPresent();
        }
        for (int i = 0; i < 20; i++) {
            // of either sign, and with leading zeros now and then
            IssuedTokens.Edwards edwards = IssuedTokens.Edwards.generate("d1");
            String token = edwards.token(claims().build());
            assertThat(check(KEY, edwards.published()).accessToken(token)).isPresent();
            IssuedTokens.Edwards other = IssuedTokens.Edwards.generate("d1");
            assertThatThrownBy(() -> check(KEY, other.published()).accessToken(token))
                    .hasMessageContaining("wrong signature");
        }
    }

    @Test
    void aTokenWithoutTheNameOfItsKeyIsTriedWithThoseOfItsAlgorithm() {
        JWSHeader nameless = new JWSHeader.Builder(JWSAlgorithm.RS256).build();
        String token = signed(nameless, claims().build(), signer(KEY));
        assertThat(check(CURVE, IssuedTokens.rsa("other"), KEY).accessToken(token))
                .isPresent();
    }

    private static Arguments wrong(String name, UnaryOperator<JWTClaimsSet.Builder> change, String why) {
        return Arguments.of(name, token(KEY, change), why);
    }

    static Stream<Arguments> wrongClaims() {
        return Stream.of(
                wrong("expired", claims -> claims.expirationTime(Date.from(NOW.minusSeconds(61))), "has expired"),
                wrong("no end", claims -> claims.expirationTime(null), "has no end"),
                wrong("not yet", claims -> claims.notBeforeTime(Date.from(NOW.plusSeconds(62))), "not valid yet"),
                wrong("other audience", claims -> claims.audience("account"), "another audience"),
                wrong("no audience", claims -> claims.audience((String) null), "another audience"),
                wrong("audience like ours", claims -> claims.audience("smo2"), "another audience"),
                wrong("token of a login", claims -> claims.claim("typ", "ID"), "no access token"),
                wrong("token of a login", claims -> claims.claim("at_hash", "x"), "no access token"),
                wrong("refresh token", claims -> claims.claim("typ", "Refresh"), "no access token"),
                wrong("bound to a key", claims -> claims.claim("cnf", Map.of("jkt", "x")), "bound to a key"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("wrongClaims")
    void whatItSaysHasToFit(String name, String token, String why) {
        assertRefused(token, why);
    }

    @Test
    void theClocksMayDifferByTheSkew() {
        assertThat(check(KEY).accessToken(token(KEY, claims -> claims.expirationTime(Date.from(NOW.minusSeconds(59))))))
                .isPresent();
        assertThat(check(KEY).accessToken(token(KEY, claims -> claims.notBeforeTime(Date.from(NOW.plusSeconds(59))))))
                .isPresent();
        assertRefused(token(KEY, claims -> claims.expirationTime(Date.from(NOW.minusSeconds(60)))), "has expired");
    }

    @Test
    void aTokenOfAnotherIssuerIsLeftToOthers() {
        assertThat(check(KEY).accessToken(token(KEY, claims -> claims.issuer(ISSUER + "/"))))
                .isEmpty();
        assertThat(check(KEY).accessToken(token(KEY, claims -> claims.issuer(null))))
                .isEmpty();
    }

    @Test
    void anUnsignedTokenIsNone() {
        assertRefused(new PlainJWT(claims().build()).serialize(), "no signed JWT");
        String[] parts = token(KEY, same -> same).split("\\.");
        for (String algorithm : List.of("none", "None", "NONE", "nOnE")) {
            String header = Base64URL.encode("{\"alg\":\"%s\",\"kid\":\"k1\"}".formatted(algorithm))
                    .toString();
            assertThatThrownBy(() -> check(KEY).accessToken(header + "." + parts[1] + "."))
                    .isInstanceOf(SmoException.class);
            assertThatThrownBy(() -> check(KEY).accessToken(header + "." + parts[1] + "." + parts[2]))
                    .isInstanceOf(SmoException.class);
        }
        assertRefused(parts[0] + "." + parts[1] + ".", "no signed JWT");
        assertRefused(parts[0] + "." + parts[1] + ".AA", "wrong signature");
    }

    /** Key confusion: the public key, which everybody has, as the secret of a symmetric signature. */
    @Test
    void aPublicKeyIsNoSecret() throws JOSEException {
        for (byte[] secret : List.of(
                KEY.toRSAPublicKey().getEncoded(),
                KEY.toPublicJWK().toJSONString().getBytes(StandardCharsets.UTF_8),
                KEY.getModulus().decode())) {
            String token = signed(header(JWSAlgorithm.HS256, KEY).build(), claims().build(), new MACSigner(secret));
            assertRefused(token, "algorithm that is not accepted");
            // even if somebody could configure it
            assertThatThrownBy(() -> check(Set.of("HS256"), KEY).accessToken(token))
                    .hasMessageContaining("does not publish");
        }
    }

    @Test
    void theAlgorithmHasToFitTheKey() throws JOSEException {
        // the name of a key of another kind
        JWSHeader header = new JWSHeader.Builder(JWSAlgorithm.RS256).keyID("e1").build();
        assertRefused(signed(header, claims().build(), signer(KEY)), "does not publish");
        RSAKey onlyPss = new RSAKey.Builder(KEY).algorithm(JWSAlgorithm.PS256).build();
        assertThatThrownBy(() -> check(onlyPss).accessToken(token(KEY, same -> same)))
                .hasMessageContaining("does not publish");
        RSAKey forEncryption = new RSAKey.Builder(KEY).keyUse(KeyUse.ENCRYPTION).build();
        assertThatThrownBy(() -> check(CURVE, forEncryption).accessToken(token(KEY, same -> same)))
                .hasMessageContaining("does not publish");
        RSAKey weak = IssuedTokens.rsa("weak", 1024);
        String byWeak = signed(
                header(JWSAlgorithm.RS256, weak).build(),
                claims().build(),
                new RSASSASigner(weak, Set.of(AllowWeakRSAKey.getInstance())));
        assertThatThrownBy(() -> check(CURVE, weak).accessToken(byWeak)).hasMessageContaining("does not publish");
        String other = signed(header(JWSAlgorithm.RS384, KEY).build(), claims().build(), signer(KEY));
        assertRefused(other, "algorithm that is not accepted");
    }

    @Test
    void aSignatureOfAnotherKeyOrOfAnotherContentIsWrong() {
        assertRefused(token(FOREIGN, same -> same), "wrong signature");
        RSAKey unknown = IssuedTokens.rsa("k9");
        assertRefused(token(unknown, same -> same), "does not publish");
        String[] good = token(KEY, same -> same).split("\\.");
        String other =
                token(KEY, claims -> claims.claim("preferred_username", "bert")).split("\\.")[1];
        assertRefused(good[0] + "." + other + "." + good[2], "wrong signature");
    }

    /** A token brings its own key, or says where one is. */
    @Test
    void keysOfTheTokenAreNotLookedAt() throws Exception {
        JWSHeader ownKey = header(JWSAlgorithm.RS256, FOREIGN)
                .jwk(FOREIGN.toPublicJWK())
                .jwkURL(new URI("http://127.0.0.1:1/keys"))
                .x509CertURL(new URI("http://127.0.0.1:1/certificate"))
                .x509CertChain(List.of(Base64.encode(FOREIGN.toRSAPublicKey().getEncoded())))
                .build();
        assertRefused(signed(ownKey, claims().build(), signer(FOREIGN)), "wrong signature");
    }

    @Test
    void criticalHeadersAreNotUnderstood() {
        JWSHeader header = header(JWSAlgorithm.RS256, KEY)
                .criticalParams(Set.of("x"))
                .customParam("x", "y")
                .build();
        assertRefused(signed(header, claims().build(), signer(KEY)), "critical");
        JWSHeader detached = header(JWSAlgorithm.RS256, KEY)
                .criticalParams(Set.of("b64"))
                .base64URLEncodePayload(true)
                .build();
        assertRefused(signed(detached, claims().build(), signer(KEY)), "critical");
    }

    @Test
    void aTokenForSomethingElseIsOfAnotherType() {
        for (String type : List.of("logout+jwt", "dpop+jwt", "id_token+jwt", "JOSE")) {
            JWSHeader header = header(JWSAlgorithm.RS256, KEY)
                    .type(new JOSEObjectType(type))
                    .build();
            assertRefused(signed(header, claims().build(), signer(KEY)), "another type");
        }
        for (String type : List.of("at+jwt", "application/at+jwt", "jwt")) {
            JWSHeader header = header(JWSAlgorithm.RS256, KEY)
                    .type(new JOSEObjectType(type))
                    .build();
            assertThat(check(KEY).accessToken(signed(header, claims().build(), signer(KEY))))
                    .as(type)
                    .isPresent();
        }
    }

    @Test
    void whatIsNoTokenIsNotRead() {
        assertRefused("eyJ" + "a".repeat(1024 * 1024) + ".e30.x", "longer than");
        String large = token(KEY, claims -> claims.claim("x", "y".repeat(TokenCheck.MOST_CHARACTERS)));
        assertRefused(large, "longer than");
        for (String text : List.of(
                "", ".", "..", "eyJ.", "eyJ..", "eyJhbGciOiJSUzI1NiJ9..", "eyJhbGciOiJSUzI1NiJ9.e30", "a.b.c.d.e")) {
            assertThatThrownBy(() -> check(KEY).accessToken(text))
                    .as(text)
                    .isInstanceOfSatisfying(SmoException.class, refused -> assertThat(refused.kind())
                            .isEqualTo(SmoException.Kind.UNAUTHENTICATED));
        }
        String deep = Base64URL.encode("{\"iss\":" + "[".repeat(5000) + "]".repeat(5000) + "}")
                .toString();
        String header = header(JWSAlgorithm.RS256, KEY).build().toBase64URL().toString();
        assertThatThrownBy(() -> check(KEY).accessToken(header + "." + deep + ".AAAA"))
                .isInstanceOf(SmoException.class);
    }

    @Test
    void theTokenOfALoginIsForThisClientAndThisLogin() {
        TokenCheck check = check(KEY);
        UnaryOperator<JWTClaimsSet.Builder> login = claims -> claims.audience(CLIENT)
                .claim("nonce", "n1")
                .claim("at_hash", "x")
                .claim("typ", "ID");
        assertThat(check.loginToken(token(KEY, login), Optional.of("n1")).getSubject())
                .isEqualTo("7f9c");
        assertThat(check.loginToken(token(KEY, login), Optional.empty()).getSubject())
                .isEqualTo("7f9c");
        assertThatThrownBy(() -> check.loginToken(token(KEY, login), Optional.of("n2")))
                .hasMessageContaining("nonce");
        assertThatThrownBy(() -> check.loginToken(token(KEY, claims -> claims.audience(CLIENT)), Optional.of("n1")))
                .hasMessageContaining("nonce");
        assertThatThrownBy(() -> check.loginToken(token(KEY, same -> same), Optional.empty()))
                .hasMessageContaining("another client");
        assertThatThrownBy(() -> check.loginToken(
                        token(KEY, claims -> login.apply(claims).claim("azp", "other")), Optional.of("n1")))
                .hasMessageContaining("another client");
        assertThatThrownBy(() -> check.loginToken(
                        token(KEY, claims -> login.apply(claims).issuer("https://evil.example")), Optional.of("n1")))
                .hasMessageContaining("another issuer");
        assertThatThrownBy(() -> check.loginToken(token(FOREIGN, login), Optional.of("n1")))
                .hasMessageContaining("wrong signature");
        assertThatThrownBy(() -> check.accessToken(token(KEY, login))).isInstanceOf(SmoException.class);
    }
}
