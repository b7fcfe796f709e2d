// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.access.oidc.login;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import eu.nephele.smo.access.oidc.login.ProviderLogins.BrowserCode;
import eu.nephele.smo.access.oidc.login.ProviderLogins.BrowserRequest;
import eu.nephele.smo.access.oidc.login.ProviderLogins.DeviceLogin;
import eu.nephele.smo.api.port.AdapterException;
import eu.nephele.smo.api.port.Authenticator.Principal;
import eu.nephele.smo.api.runtime.SmoException;
import eu.nephele.smo.api.runtime.SmoException.Kind;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Codes of a provider become somebody; what else it may answer. */
class ProviderLoginsTest {

    private static final BrowserCode CODE = new BrowserCode("c1", "http://127.0.0.1:1/callback", "v".repeat(43), "n1");

    private final PlayedProvider provider = new PlayedProvider();
    private final ProviderLogins logins = provider.logins(Optional.empty());

    private static void assertRefused(Kind kind, String why, ThrowingCallable call) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(SmoException.class, refused -> assertThat(refused.kind())
                        .isEqualTo(kind))
                .hasMessageContaining(why)
                .hasMessageNotContaining("secret");
    }

    @Test
    void aBrowserIsSentWithWhatTheLoginIsRecognisedBy() {
        String address = logins.address(new BrowserRequest("http://127.0.0.1:1/callback", "s1", "ch", "n1"))
                .toString();
        assertThat(address)
                .startsWith("https://id.example/auth?response_type=code&client_id=smo-client")
                .contains(
                        "redirect_uri=http%3A%2F%2F127.0.0.1%3A1%2Fcallback",
                        "scope=openid+profile",
                        "state=s1",
                        "nonce=n1",
                        "code_challenge=ch",
                        "code_challenge_method=S256");
        provider.document.put("authorization_endpoint", "https://id.example/auth?tenant=1");
        assertThat(provider.logins(Optional.empty())
                        .address(new BrowserRequest("http://x", "s", "c", "n"))
                        .toString())
                .startsWith("https://id.example/auth?tenant=1&response_type=code");
    }

    @Test
    void aCodeIsExchangedOnceForWhoItIs() {
        provider.answer = form -> PlayedProvider.tokens(Optional.of("n1"), same -> same);
        Principal anna = logins.principal(CODE);
        assertThat(anna.name()).isEqualTo("corp:anna");
        assertThat(anna.groups()).as("of the token for calls").containsExactly("corp/ops");
        assertThat(provider.sent).singleElement().satisfies(form -> assertThat(form)
                .containsEntry("grant_type", "authorization_code")
                .containsEntry("code", "c1")
                .containsEntry("code_verifier", "v".repeat(43))
                .containsEntry("client_id", "smo-client")
                .containsEntry("to", "/token")
                .doesNotContainKeys("client_secret", "Authorization"));
    }

    @Test
    void aTokenForCallsOfSomebodyElseDoesNotCount() {
        String login = "\"id_token\":\"%s\"}"
                .formatted(PlayedProvider.accessToken(claims -> claims.audience(PlayedProvider.CLIENT)
                        .claim("groups", null)
                        .claim("nonce", "n1")));
        for (String other : List.of(
                PlayedProvider.accessToken(claims -> claims.subject("other")),
                PlayedProvider.accessToken(claims -> claims.audience("account")),
                PlayedProvider.accessToken(claims -> claims.issuer("https://other.example")),
                "opaque")) {
            provider.answer = form -> PlayedProvider.ok("{\"access_token\":\"%s\",%s".formatted(other, login));
            assertThat(logins.principal(CODE).groups()).isEmpty();
        }
    }

    @Test
    void theTokenOfTheLoginIsOfThisLogin() {
        provider.answer = form -> PlayedProvider.tokens(Optional.of("n2"), same -> same);
        assertRefused(Kind.UNAUTHENTICATED, "nonce", () -> logins.principal(CODE));
        provider.answer = form -> PlayedProvider.tokens(Optional.of("n1"), claims -> claims.audience("other"));
        assertRefused(Kind.UNAUTHENTICATED, "another client", () -> logins.principal(CODE));
    }

    @ParameterizedTest
    @CsvSource({
        "access_denied, UNAUTHENTICATED, was refused at corp",
        "expired_token, UNAUTHENTICATED, took too long",
        "invalid_grant, UNAUTHENTICATED, begin again",
        "invalid_client, UPSTREAM_FAILED, refuses this server (invalid_client)",
        "unauthorized_client, UPSTREAM_FAILED, do not fit",
        "<script>, UPSTREAM_FAILED, status 400",
    })
    void refusalsSayWhatToDo(String word, Kind kind, String why) {
        provider.answer = form -> PlayedProvider.error(word);
        assertRefused(kind, why, () -> logins.principal(CODE));
        assertRefused(kind, why, () -> logins.device("v.d"));
        assertRefused(kind, why, logins::beginDevice);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "[]", "null", "<html>secret</html>", "{}", "{\"id_token\":7}", "{\"id_token\":\" \"}"})
    void anAnswerThatSaysNothingIsAFailureOfTheProvider(String text) {
        provider.answer = form -> PlayedProvider.ok(text);
        assertRefused(Kind.UPSTREAM_FAILED, "does not say who", () -> logins.principal(CODE));
        assertRefused(Kind.UPSTREAM_FAILED, "does not say who", logins::beginDevice);
    }

    @Test
    void theSecretOfThisServerIsShownToTheProviderOnly() {
        provider.answer = form -> PlayedProvider.tokens(Optional.of("n1"), same -> same);
        ProviderLogins confidential = provider.logins(Optional.of("file:secret"));
        confidential.principal(CODE);
        String basic = provider.sent.get(0).get("Authorization").replace("Basic ", "");
        assertThat(new String(Base64.getDecoder().decode(basic), StandardCharsets.UTF_8))
                .as("encoded as a form, RFC 6749, 2.3.1")
                .isEqualTo("smo-client:s%3Ac%2Fr+t");
        provider.methods = "[\"client_secret_basic\",\"client_secret_post\"]";
        provider.logins(Optional.of("file:secret")).principal(CODE);
        assertThat(provider.sent.get(1))
                .containsEntry("client_secret", "s:c/r t")
                .doesNotContainKey("Authorization");
        assertThatThrownBy(() -> provider.logins(Optional.of("file:none")).principal(CODE))
                .isInstanceOfSatisfying(SmoException.class, refused -> assertThat(refused.kind())
                        .isEqualTo(Kind.UNAVAILABLE))
                .hasMessageContaining("clientSecret");
    }

    @Test
    void aLoginIsConfirmedElsewhere() {
        provider.answer = form -> PlayedProvider.ok(
                "{\"device_code\":\"d.1\",\"user_code\":\"WDJB\",\"verification_uri\":\"https://id.example/d\",\"expires_in\":1e9}");
        DeviceLogin begun = logins.beginDevice();
        assertThat(begun.userCode()).isEqualTo("WDJB");
        assertThat(begun.interval()).as("RFC 8628, 3.2").isEqualTo(5);
        assertThat(begun.seconds()).as("of a provider that exaggerates").isEqualTo(3600);
        assertThat(begun.wholeAddress()).isEmpty();
        Map<String, String> beginning = provider.sent.get(0);
        assertThat(beginning).containsEntry("to", "/device").containsEntry("code_challenge_method", "S256");

        provider.answer = form -> PlayedProvider.error("authorization_pending");
        assertThat(logins.device(begun.deviceCode())).satisfies(state -> {
            assertThat(state.who()).isEmpty();
            assertThat(state.slower()).isFalse();
        });
        assertThat(provider.sent.get(1)).containsEntry("device_code", "d.1");
        assertThat(LoginSecret.challenge(provider.sent.get(1).get("code_verifier")))
                .isEqualTo(beginning.get("code_challenge"));
        provider.answer = form -> PlayedProvider.error("slow_down");
        assertThat(logins.device(begun.deviceCode()).slower()).isTrue();
        provider.answer = form -> PlayedProvider.tokens(Optional.empty(), same -> same);
        assertThat(logins.device(begun.deviceCode()).who().orElseThrow().name()).isEqualTo("corp:anna");
        assertRefused(Kind.UNAUTHENTICATED, "begin again", () -> logins.device("no-dot"));
    }

    @Test
    void aProviderWithoutSuchLoginsSaysSo() {
        provider.document.remove("device_authorization_endpoint");
        assertRefused(Kind.CONFLICT, "log in with one", provider.logins(Optional.empty())::beginDevice);
    }

    @ParameterizedTest
    @CsvSource({
        "issuer, https://id.example/realms/other, another issuer",
        "token_endpoint, http://id.example/token, 'not https, as its own'",
        "token_endpoint, http://127.0.0.1:8000/token, 'not https, as its own'",
        "token_endpoint, ftp://id.example/token, 'not https, as its own'",
        "token_endpoint, 'https://user:pw@id.example/token', 'not https, as its own'",
        "jwks_uri, 'https://id .example', malformed",
        "authorization_endpoint, '', 'not https, as its own'",
    })
    void aDocumentThatIsNotOfTheProviderIsRefused(String name, String value, String why) {
        provider.document.put(name, value);
        assertThatThrownBy(() -> provider.logins(Optional.empty()).principal(CODE))
                .isInstanceOf(AdapterException.class)
                .hasMessageContaining(why);
        assertThat(provider.sent).isEmpty();
    }

    @Test
    void itsAddressesAreReadOnceAndCountOnWhileItIsAway() {
        BrowserRequest request = new BrowserRequest("http://x", "s", "c", "n");
        logins.address(request);
        logins.address(request);
        assertThat(provider.read).isEqualTo(1);
        provider.away = true;
        assertThat(logins.address(request).getHost()).isEqualTo("id.example");
        assertThatThrownBy(() -> provider.logins(Optional.empty()).address(request))
                .isInstanceOf(AdapterException.class);
    }
}
