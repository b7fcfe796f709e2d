// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.access.oidc.token;

import static eu.nephele.smo.access.oidc.token.IssuedTokens.AUDIENCE;
import static eu.nephele.smo.access.oidc.token.IssuedTokens.ISSUER;
import static eu.nephele.smo.access.oidc.token.IssuedTokens.NOW;
import static eu.nephele.smo.access.oidc.token.IssuedTokens.published;
import static eu.nephele.smo.access.oidc.token.IssuedTokens.token;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.RSAKey;
import eu.nephele.smo.access.oidc.keys.KeyCache;
import eu.nephele.smo.access.oidc.keys.KeyCache.KeyTimes;
import eu.nephele.smo.access.oidc.keys.PublishedKeys;
import eu.nephele.smo.api.port.Authenticator.Principal;
import eu.nephele.smo.api.runtime.SmoException;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

/** From a header to a caller. */
class BearerTokensTest {

    private static final RSAKey KEY = IssuedTokens.rsa("k1");

    private final AtomicReference<Instant> now = new AtomicReference<>(NOW);
    private final AtomicReference<String> keySet = new AtomicReference<>(published(KEY));
    private final KeyCache keys = new KeyCache(
            "corp",
            keySet::get,
            new KeyTimes(Duration.ofSeconds(20), Duration.ofHours(24), Duration.ofSeconds(10)),
            now::get);
    private final BearerTokens tokens = tokens("preferred_username", "groups");

    private BearerTokens tokens(String userClaim, String groupsClaim) {
        Duration skew = Duration.ofSeconds(60);
        TokenRules rules = new TokenRules("corp", ISSUER, AUDIENCE, "", Set.of("RS256"), skew);
        return new BearerTokens(
                new TokenCheck(rules, keys, now::get),
                new CallerClaims("corp", userClaim, groupsClaim),
                keys,
                skew,
                now::get);
    }

    private Principal caller(String token) {
        return tokens.principal("Bearer " + token).orElseThrow();
    }

    @Test
    void namesAndGroupsSayOfWhichProviderTheyAre() {
        Principal caller = caller(token(KEY, same -> same));
        assertThat(caller.name()).isEqualTo("corp:anna");
        // nothing can be granted to a name with a space
        assertThat(caller.groups()).containsExactly("corp/ops");
        assertThat(caller.roles()).isEmpty();
        assertThat(caller.credential())
                .matches("jwt/[0-9a-f]{12}/" + NOW.plusSeconds(360).getEpochSecond());
    }

    @Test
    void noOtherClaimStandsInForTheOneWithTheName() {
        assertThatThrownBy(() -> caller(token(KEY, claims -> claims.claim("preferred_username", null))))
                .hasMessageContaining("whom it is about")
                .hasMessageContaining("preferred_username");
        assertThat(tokens("sub", "groups")
                        .principal("Bearer " + token(KEY, claims -> claims.claim("preferred_username", null)))
                        .orElseThrow()
                        .name())
                .isEqualTo("corp:7f9c");
    }

    @Test
    void anAddressCountsOnlyWhenItIsVerified() {
        BearerTokens byAddress = tokens("email", "groups");
        String address = "anna@example.org";
        for (Object verified : Arrays.asList(null, false, "no")) {
            String token = token(KEY, claims -> claims.claim("email", address).claim("email_verified", verified));
            assertThatThrownBy(() -> byAddress.principal("Bearer " + token))
                    .as("%s", verified)
                    .hasMessageContaining("verified email");
        }
        assertThat(byAddress
                        .principal("Bearer "
                                + token(KEY, claims -> claims.claim("email", address)
                                        .claim("email_verified", true)))
                        .orElseThrow()
                        .name())
                .isEqualTo("corp:" + address);
    }

    @Test
    void aTokenOfALoginIsNoneOfACall() {
        assertThatThrownBy(() -> caller(token(KEY, claims -> claims.claim("nonce", "n"))))
                .hasMessageContaining("no access token");
        assertThat(caller(token(KEY, claims -> claims.claim("nonce", "n").claim("typ", "Bearer")))
                        .name())
                .as("as Keycloak issues them")
                .isEqualTo("corp:anna");
    }

    @Test
    void aNameIsOneThatSomethingCanBeGrantedTo() {
        for (String name : List.of("anna b", "an\u202ena", "a".repeat(151), "")) {
            assertThatThrownBy(() -> caller(token(KEY, claims -> claims.claim("preferred_username", name))))
                    .as(name)
                    .hasMessageContaining("about somebody");
        }
    }

    @Test
    void groupsAreFoundByAPathOrByAClaimWithDots() {
        String nested = token(KEY, claims -> claims.claim("realm_access", Map.of("roles", List.of("a", "b"))));
        assertThat(tokens("sub", "realm_access.roles")
                        .principal("bearer " + nested)
                        .orElseThrow()
                        .groups())
                .containsExactlyInAnyOrder("corp/a", "corp/b");
        String dotted = token(KEY, claims -> claims.claim("https://x.example/roles", "one"));
        assertThat(tokens("sub", "https://x.example/roles")
                        .principal("Bearer " + dotted)
                        .orElseThrow()
                        .groups())
                .containsExactly("corp/one");
        for (String path : List.of("", "none", "groups.x", "realm_access", "realm_access.none.x")) {
            assertThat(tokens("sub", path)
                            .principal("Bearer " + nested)
                            .orElseThrow()
                            .groups())
                    .as(path)
                    .isEmpty();
        }
    }

    @Test
    void whatIsNoTokenOfItIsLeftToOthers() {
        String good = token(KEY, same -> same);
        for (String header : List.of("Basic eyJhbGciOi.x.y", "Bearer", "Bearer smos_1_x", "Bearer eyJ", good)) {
            assertThat(tokens.principal(header)).as(header).isEmpty();
        }
        assertThat(tokens.principal("Bearer " + token(KEY, claims -> claims.issuer("https://other.example"))))
                .isEmpty();
    }

    @Test
    void aVerifiedTokenCountsNoLongerThanItsEnd() {
        String token = token(KEY, same -> same);
        caller(token);
        now.set(NOW.plusSeconds(359));
        caller(token);
        now.set(NOW.plusSeconds(360));
        assertThatThrownBy(() -> caller(token)).hasMessageContaining("has expired");
    }

    @Test
    void aKeyThatIsWithdrawnTakesItsVerifiedTokensWithIt() {
        String token = token(KEY, same -> same);
        caller(token);
        keySet.set(published(IssuedTokens.rsa("k2")));
        now.set(NOW.plusSeconds(21));
        keys.tick();
        assertThatThrownBy(() -> caller(token)).hasMessageContaining("does not publish");
    }

    @Test
    void aVerifiedTokenIsNotVerifiedAgain() {
        String token = token(KEY, same -> same);
        caller(token);
        VerifiedTokens verified = new VerifiedTokens();
        List<JWK> present = keys.current().map(PublishedKeys::keys).orElseThrow();
        Principal anna = new Principal("corp:anna", Set.of());
        verified.add("h", anna, NOW.plusSeconds(1000), present, NOW);
        assertThat(verified.find("h", present, NOW.plusSeconds(59))).contains(anna);
        assertThat(verified.find("h", present, NOW.plusSeconds(60))).isEmpty();
        assertThat(verified.size()).isZero();
        for (int i = 0; i < VerifiedTokens.MOST + 10; i++) {
            verified.add("h" + i, anna, NOW.plusSeconds(1000), present, NOW);
        }
        assertThat(verified.size()).isEqualTo(VerifiedTokens.MOST);
    }

    @Test
    void withoutKeysNobodyIsKnownAndNobodyIsRefused() {
        keySet.set("{}");
        String token = token(KEY, same -> same);
        assertThatThrownBy(() -> caller(token))
                .isInstanceOfSatisfying(
                        SmoException.class, away -> assertThat(away.kind()).isEqualTo(SmoException.Kind.UNAVAILABLE));
    }
}
