// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.access.rest;

import static org.assertj.core.api.Assertions.assertThat;

import eu.nephele.smo.access.oidc.keys.KeyCache;
import eu.nephele.smo.access.oidc.keys.KeyCache.KeyTimes;
import eu.nephele.smo.access.oidc.login.LoginClient;
import eu.nephele.smo.access.oidc.login.LoginProvider;
import eu.nephele.smo.access.oidc.login.ProviderLogins;
import eu.nephele.smo.access.oidc.outside.ProviderMetadata;
import eu.nephele.smo.access.oidc.token.CallerClaims;
import eu.nephele.smo.access.oidc.token.TokenCheck;
import eu.nephele.smo.access.oidc.token.TokenRules;
import eu.nephele.smo.api.port.AdapterException;
import eu.nephele.smo.api.port.http.HttpAnswer;
import eu.nephele.smo.core.contract.identity.ProviderExchange;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Logins by an identity provider over REST; every answer is checked against the contract. */
final class SessionProvidersApiTest {

    private static final String BEGIN = "/api/v1/session-providers/corp/authorizations";
    private static final String OPEN = "/api/v1/session-providers/corp/sessions";
    private static final String ISSUER = "https://id.example";
    private static final String BROWSER =
            "{\"flow\":\"browser\",\"redirectUri\":\"http://127.0.0.1:4000/callback\",\"codeChallenge\":\"%s\",\"state\":\"%s\"}"
                    .formatted("c".repeat(43), "s".repeat(20));

    private final Api api = new Api();

    /** Answers a form; the document is always there. */
    private volatile HttpAnswer answer = new HttpAnswer(400, Map.of(), "{\"error\":\"authorization_pending\"}");

    private volatile boolean away;

    private final ProviderExchange exchange = new ProviderExchange() {
        @Override
        public HttpAnswer read(URI address, String what) {
            return new HttpAnswer(
                    200,
                    Map.of(),
                    "{\"issuer\":\"%1$s\",\"authorization_endpoint\":\"%1$s/auth\",\"token_endpoint\":\"%1$s/token\",\"device_authorization_endpoint\":\"%1$s/device\",\"jwks_uri\":\"%1$s/keys\"}"
                            .formatted(ISSUER));
        }

        @Override
        public HttpAnswer submit(URI address, Map<String, String> form, Map<String, String> headers, String what) {
            if (away) {
                throw new AdapterException(AdapterException.Kind.TIMED_OUT, "oidc-corp", "no answer in time");
            }
            return answer;
        }
    };

    @BeforeEach
    void provide() {
        Clock clock = Clock.systemUTC();
        KeyCache keys = new KeyCache(
                "corp",
                () -> "{}",
                new KeyTimes(Duration.ofMinutes(5), Duration.ofHours(24), Duration.ofSeconds(10)),
                clock);
        TokenRules rules = new TokenRules("corp", ISSUER, "smo", "smo", Set.of("RS256"), Duration.ofSeconds(60));
        ProviderLogins logins = new ProviderLogins(
                new LoginClient("smo", Optional.empty(), "openid", Optional.empty()),
                new CallerClaims("corp", "sub", "groups"),
                new TokenCheck(rules, keys, clock),
                new ProviderMetadata("oidc-corp", ISSUER, () -> exchange, clock),
                () -> exchange,
                reference -> Optional.empty());
        api.providers = List.of(named("corp", Optional.of(logins)), named("tokens-only", Optional.empty()));
    }

    private static LoginProvider named(String name, Optional<ProviderLogins> logins) {
        return new LoginProvider() {
            @Override
            public String name() {
                return name;
            }

            @Override
            public Optional<ProviderLogins> logins() {
                return logins;
            }
        };
    }

    @AfterEach
    void stop() {
        api.close();
    }

    @Test
    void thoseByWhichOneLogsInAreListed() {
        assertThat(api.get("/api/v1/session-providers").text()).isEqualTo("{\"items\":[{\"name\":\"corp\"}]}");
        for (String name : List.of("none", "tokens-only")) {
            assertThat(api.post("/api/v1/session-providers/" + name + "/authorizations", "{\"flow\":\"device\"}")
                            .status())
                    .isEqualTo(404);
        }
    }

    @Test
    void aLoginBegunWithoutABrowserIsPendingUntilItIsConfirmed() {
        answer = new HttpAnswer(
                200,
                Map.of(),
                "{\"device_code\":\"d1\",\"user_code\":\"WDJB\",\"verification_uri\":\"https://id.example/d\",\"expires_in\":600,\"interval\":7}");
        Api.Answer begun = api.post(BEGIN, "{\"flow\":\"device\"}");
        assertThat(begun.status()).isEqualTo(200);
        assertThat(begun.header("Cache-Control")).isEqualTo("no-store");
        assertThat(begun.json().path("userCode").asText()).isEqualTo("WDJB");
        assertThat(begun.json().path("intervalSeconds").asInt()).isEqualTo(7);
        String body = "{\"deviceCode\":\"%s\"}"
                .formatted(begun.json().path("deviceCode").asText());
        answer = new HttpAnswer(400, Map.of(), "{\"error\":\"slow_down\"}");
        Api.Answer pending = api.post(OPEN, body);
        assertThat(pending.status()).isEqualTo(202);
        assertThat(pending.json().path("slower").asBoolean()).isTrue();
        answer = new HttpAnswer(400, Map.of(), "{\"error\":\"access_denied\"}");
        assertThat(api.post(OPEN, body).status()).isEqualTo(401);
        answer = new HttpAnswer(401, Map.of(), "{\"error\":\"invalid_client\"}");
        assertThat(api.post(OPEN, body).status()).isEqualTo(502);
        away = true;
        assertThat(api.post(OPEN, body).status()).isEqualTo(504);
    }

    @Test
    void aBrowserIsSentToTheProvider() {
        assertThat(api.post(BEGIN, BROWSER).json().path("address").asText())
                .startsWith("https://id.example/auth?response_type=code")
                .contains("code_challenge=" + "c".repeat(43));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "authorizations | {} | /flow",
                "authorizations | {\"flow\":\"password\"} | /flow",
                "authorizations | {\"flow\":\"browser\"} | /redirectUri",
                "authorizations | {\"flow\":\"browser\",\"redirectUri\":\"http://evil.example/\"} | /redirectUri",
                "authorizations | {\"flow\":\"browser\",\"redirectUri\":\"http://127.0.0.1.evil.example:1/\"} | /redirectUri",
                "authorizations | {\"flow\":\"browser\",\"redirectUri\":\"http://127.0.0.1:1@evil.example/\"} | /redirectUri",
                "authorizations | {\"flow\":\"browser\",\"redirectUri\":\"http://127.0.0.1:1/\"} | /codeChallenge",
                "authorizations | {\"flow\":\"browser\",\"redirectUri\":\"http://127.0.0.1:1/\",\"state\":\"short\"} | /state",
                "authorizations | {\"flow\":\"device\",\"x\":1} | /x",
                "sessions | {} | /code",
                "sessions | {\"code\":\"c\"} | /codeVerifier",
                "sessions | {\"code\":\"c\",\"codeVerifier\":\"short\"} | /codeVerifier",
                "sessions | {\"deviceCode\":\"\"} | /deviceCode",
                "sessions | {\"deviceCode\":\"d\",\"hours\":0} | /hours",
            })
    void mistakesAreToldWithTheirPlace(String last, String body, String pointer) {
        Api.Answer refused = api.post("/api/v1/session-providers/corp/" + last, body);
        assertThat(refused.status()).isEqualTo(400);
        assertThat(refused.text()).contains("\"pointer\":\"" + pointer + "\"");
    }
}
