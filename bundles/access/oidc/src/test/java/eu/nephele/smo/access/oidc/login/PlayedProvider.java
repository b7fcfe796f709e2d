// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.access.oidc.login;

import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jwt.JWTClaimsSet;
import eu.nephele.smo.access.oidc.keys.KeyCache;
import eu.nephele.smo.access.oidc.keys.KeyCache.KeyTimes;
import eu.nephele.smo.access.oidc.outside.ProviderMetadata;
import eu.nephele.smo.access.oidc.token.CallerClaims;
import eu.nephele.smo.access.oidc.token.IssuedTokens;
import eu.nephele.smo.access.oidc.token.TokenCheck;
import eu.nephele.smo.access.oidc.token.TokenRules;
import eu.nephele.smo.api.port.AdapterException;
import eu.nephele.smo.api.port.http.HttpAnswer;
import eu.nephele.smo.core.contract.identity.ProviderExchange;
import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/** Answers of a provider as a test wants them, for what a real one does not do when it is asked to. */
final class PlayedProvider implements ProviderExchange {

    static final String CLIENT = "smo-client";
    private static final RSAKey KEY = IssuedTokens.rsa("k1");
    private static final InstantSource CLOCK = InstantSource.fixed(IssuedTokens.NOW);

    /** What was sent: the form with the headers. */
    final List<Map<String, String>> sent = Collections.synchronizedList(new ArrayList<>());

    final Map<String, String> document = new HashMap<>(Map.of(
            "issuer", IssuedTokens.ISSUER,
            "authorization_endpoint", "https://id.example/auth",
            "token_endpoint", "https://id.example/token",
            "device_authorization_endpoint", "https://id.example/device",
            "jwks_uri", "https://id.example/keys"));

    String methods = "[\"client_secret_basic\"]";
    Function<Map<String, String>, HttpAnswer> answer = form -> new HttpAnswer(400, Map.of(), "{}");
    boolean away;
    int read;

    @Override
    public HttpAnswer read(URI address, String what) {
        read++;
        if (away) {
            throw new AdapterException(AdapterException.Kind.UNAVAILABLE, "oidc-corp", "away");
        }
        if (address.getPath().equals("/keys")) {
            return new HttpAnswer(200, Map.of(), IssuedTokens.published(KEY));
        }
        StringBuilder text = new StringBuilder("{\"token_endpoint_auth_methods_supported\":" + methods);
        document.forEach((name, value) -> text.append(",\"%s\":\"%s\"".formatted(name, value)));
        return new HttpAnswer(200, Map.of(), text.append('}').toString());
    }

    @Override
    public HttpAnswer submit(URI address, Map<String, String> form, Map<String, String> headers, String what) {
        Map<String, String> all = new HashMap<>(form);
        all.putAll(headers);
        all.put("to", address.getPath());
        sent.add(all);
        return answer.apply(form);
    }

    static HttpAnswer ok(String text) {
        return new HttpAnswer(200, Map.of(), text);
    }

    static HttpAnswer error(String word) {
        return new HttpAnswer(
                400, Map.of(), "{\"error\":\"%s\",\"error_description\":\"<b>secret</b>\"}".formatted(word));
    }

    /** Tokens of a login, with the nonce of the code if there is one. */
    static HttpAnswer tokens(Optional<String> nonce, UnaryOperator<JWTClaimsSet.Builder> change) {
        String login = IssuedTokens.token(
                KEY,
                claims -> change.apply(
                        claims.audience(CLIENT).claim("groups", null).claim("nonce", nonce.orElse(null))));
        return ok("{\"access_token\":\"%s\",\"id_token\":\"%s\"}"
                .formatted(IssuedTokens.token(KEY, same -> same), login));
    }

    static String accessToken(UnaryOperator<JWTClaimsSet.Builder> change) {
        return IssuedTokens.token(KEY, change);
    }

    ProviderLogins logins(Optional<String> secret) {
        ProviderMetadata metadata = new ProviderMetadata("oidc-corp", IssuedTokens.ISSUER, () -> this, CLOCK);
        KeyTimes times = new KeyTimes(Duration.ofMinutes(5), Duration.ofHours(24), Duration.ofSeconds(10));
        TokenCheck check = new TokenCheck(
                new TokenRules(
                        "corp",
                        IssuedTokens.ISSUER,
                        IssuedTokens.AUDIENCE,
                        CLIENT,
                        Set.of("RS256"),
                        Duration.ofSeconds(60)),
                new KeyCache("corp", () -> read(metadata.endpoints().keys(), "").body(), times, CLOCK),
                CLOCK);
        return new ProviderLogins(
                new LoginClient(CLIENT, secret, "openid profile", Optional.empty()),
                new CallerClaims("corp", "preferred_username", "groups"),
                check,
                metadata,
                () -> this,
                reference -> reference.equals("file:secret") ? Optional.of("s:c/r t") : Optional.empty());
    }

    /** As a service. */
    LoginProvider provider(String name) {
        ProviderLogins logins = logins(Optional.empty());
        return new LoginProvider() {
            @Override
            public String name() {
                return name;
            }

            @Override
            public Optional<ProviderLogins> logins() {
                return Optional.of(logins);
            }
        };
    }
}
