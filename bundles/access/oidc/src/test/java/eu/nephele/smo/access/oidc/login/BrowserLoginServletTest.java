// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.access.oidc.login;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.ArgumentMatchers.anyInt;
import static org.mockito.ArgumentMatchers.anyString;
import static org.mockito.Mockito.doAnswer;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.verify;
import static org.mockito.Mockito.when;

import eu.nephele.smo.api.model.JsonValue.JsonObject;
import eu.nephele.smo.api.model.JsonValue.JsonString;
import eu.nephele.smo.api.port.Authenticator.Principal;
import eu.nephele.smo.api.runtime.CallContext;
import eu.nephele.smo.core.contract.access.AccessControl;
import eu.nephele.smo.core.contract.identity.SessionService;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.ByteArrayOutputStream;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.mockito.ArgumentCaptor;

/** A browser at the servlet, with a provider that answers as the test wants. */
class BrowserLoginServletTest {

    private final PlayedProvider played = new PlayedProvider();
    private final List<LoginProvider> providers = new ArrayList<>(List.of(played.provider("corp")));
    private final SessionService sessions = mock(SessionService.class);
    private final BrowserLoginServlet servlet = new BrowserLoginServlet(
            new ProviderSessions(() -> providers, sessions, AccessControl.unrestricted(), Clock.systemUTC()));

    @BeforeEach
    void sessionsAreOpened() {
        JsonObject session = JsonObject.EMPTY
                .with("token", new JsonString("smos_1_x"))
                .with("until", new JsonString(Instant.now().plusSeconds(7200).toString()));
        when(sessions.open(any(Principal.class), any(), any())).thenReturn(session);
    }

    private record Answer(int status, String location, List<String> cookies, String text) {

        /** What the browser sends back of it. */
        String cookie() {
            return cookies.get(0).substring(0, cookies.get(0).indexOf(';'));
        }

        Map<String, String> query() {
            Map<String, String> fields = new HashMap<>();
            Arrays.stream(URI.create(location).getRawQuery().split("&"))
                    .map(pair -> pair.split("=", 2))
                    .forEach(pair -> fields.put(pair[0], URLDecoder.decode(pair[1], StandardCharsets.UTF_8)));
            return fields;
        }
    }

    private Answer call(String method, String target, String cookies, boolean tls) throws Exception {
        URI uri = URI.create("http://x/auth" + target);
        HttpServletRequest request = mock(HttpServletRequest.class);
        when(request.getMethod()).thenReturn(method);
        when(request.getPathInfo()).thenReturn(uri.getPath().substring("/auth".length()));
        when(request.getRequestURI()).thenReturn(uri.getPath());
        when(request.isSecure()).thenReturn(tls);
        when(request.getHeader("Host")).thenReturn("smo.example:8443");
        when(request.getHeader("Cookie")).thenReturn(cookies.isEmpty() ? null : cookies);
        when(request.getAttribute(CallContext.PROPERTY))
                .thenReturn(CallContext.of("anonymous", "10.0.0.1", Set.of(), "c"));
        Map<String, List<String>> parameters = new HashMap<>();
        for (String pair : Optional.ofNullable(uri.getRawQuery()).orElse("").split("&")) {
            if (pair.contains("=")) {
                String[] parts = pair.split("=", 2);
                parameters
                        .computeIfAbsent(parts[0], any -> new ArrayList<>())
                        .add(URLDecoder.decode(parts[1], StandardCharsets.UTF_8));
            }
        }
        when(request.getParameterValues(anyString()))
                .thenAnswer(asked -> Optional.ofNullable(parameters.get(asked.<String>getArgument(0)))
                        .map(values -> values.toArray(String[]::new))
                        .orElse(null));
        HttpServletResponse response = mock(HttpServletResponse.class);
        AtomicInteger status = new AtomicInteger();
        List<String> set = new ArrayList<>();
        StringBuilder location = new StringBuilder();
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        doAnswer(asked -> status.getAndSet(asked.getArgument(0))).when(response).setStatus(anyInt());
        doAnswer(asked -> set.add(asked.getArgument(1))).when(response).addHeader(anyString(), anyString());
        doAnswer(asked ->
                        asked.getArgument(0).equals("Location") ? location.append(asked.<String>getArgument(1)) : null)
                .when(response)
                .setHeader(anyString(), anyString());
        when(response.getOutputStream()).thenReturn(into(body));
        servlet.service(request, response);
        return new Answer(status.get(), location.toString(), set, body.toString(StandardCharsets.UTF_8));
    }

    private static ServletOutputStream into(ByteArrayOutputStream body) {
        return new ServletOutputStream() {
            @Override
            public boolean isReady() {
                return true;
            }

            @Override
            public void setWriteListener(WriteListener listener) {
                throw new UnsupportedOperationException();
            }

            @Override
            public void write(int next) {
                body.write(next);
            }
        };
    }

    private Answer get(String target, String cookies) throws Exception {
        return call("GET", target, cookies, true);
    }

    @Test
    void aBrowserGoesToTheProviderAndComesBackWithASession() throws Exception {
        Answer begun = get("/login?provider=corp&next=%2Fdocs%2F%3Fa%3Db", "");
        assertThat(begun.status()).isEqualTo(303);
        assertThat(begun.cookies())
                .singleElement()
                .asString()
                .startsWith("__Host-smo-login=corp.")
                .endsWith("; Path=/; Max-Age=600; HttpOnly; SameSite=Lax; Secure");
        Map<String, String> query = begun.query();
        assertThat(query).containsEntry("redirect_uri", "https://smo.example:8443/auth/callback");
        played.answer = form -> PlayedProvider.tokens(Optional.of(query.get("nonce")), same -> same);

        Answer ended = get(
                "/callback?code=c1&iss=https%3A%2F%2Fid.example%2Frealms%2Fshop&state=" + query.get("state"),
                "a=b; " + begun.cookie());
        assertThat(ended.status()).as(ended.text()).isEqualTo(303);
        assertThat(ended.location()).isEqualTo("/docs/?a=b");
        assertThat(ended.cookies()).hasSize(2);
        assertThat(ended.cookies().get(0))
                .startsWith("__Host-smo-session=smos_1_x; Path=/; Max-Age=71")
                .endsWith("HttpOnly; SameSite=Lax; Secure");
        assertThat(ended.cookies().get(1)).startsWith("__Host-smo-login=; Path=/; Max-Age=0");
        assertThat(LoginSecret.challenge(played.sent.get(0).get("code_verifier")))
                .isEqualTo(query.get("code_challenge"));
        ArgumentCaptor<Principal> who = ArgumentCaptor.forClass(Principal.class);
        verify(sessions).open(who.capture(), any(), any());
        assertThat(who.getValue().name()).isEqualTo("corp:anna");
    }

    @Test
    void byPlainHttpTheCookiesAreNotSecure() throws Exception {
        Answer begun = call("GET", "/login", "", false);
        assertThat(begun.cookie()).startsWith("smo-login=corp.");
        assertThat(begun.cookies().get(0)).doesNotContain("Secure");
        assertThat(begun.query()).containsEntry("redirect_uri", "http://smo.example:8443/auth/callback");
    }

    @Test
    void onlyTheBrowserThatHasBegunALoginEndsIt() throws Exception {
        Answer begun = get("/login", "");
        Answer another = get("/login", "");
        String state = begun.query().get("state");
        String cookie = begun.cookie();
        String[] parts = cookie.split("[.=]");
        for (String cookies : List.of(
                "",
                another.cookie(),
                "smo-login=x",
                cookie + "; " + another.cookie(),
                // another provider, another page: not what the state was made of
                cookie.replace("=corp.", "=lab."),
                "%s=%s.%s.%s".formatted(parts[0], parts[1], parts[2], "Lw"),
                "%s=%s.%s.%s".formatted(parts[0], parts[1], parts[2], "%%%"),
                "%s=%s.%s.%s".formatted(parts[0], parts[1], "short", parts[3]))) {
            Answer refused = get("/callback?code=c1&state=" + state, cookies);
            assertThat(refused.status()).as(cookies).isEqualTo(401);
            assertThat(refused.cookies()).allSatisfy(set -> assertThat(set).contains("Max-Age=0"));
        }
        for (String query : List.of(
                "code=c1",
                "code=c1&state=x",
                "state=" + state,
                "code=c1&iss=https%3A%2F%2Fevil.example&state=" + state)) {
            assertThat(get("/callback?" + query, cookie).status()).as(query).isEqualTo(401);
        }
        assertThat(get("/callback?code=c1&code=c2&state=" + state, cookie).status())
                .isEqualTo(400);
        assertThat(played.sent).as("nothing was exchanged").isEmpty();
    }

    @Test
    void aRefusalOfTheProviderIsTold() throws Exception {
        Answer begun = get("/login", "");
        String back = "/callback?state=" + begun.query().get("state");
        assertThat(get(back + "&error=access_denied", begun.cookie())).satisfies(refused -> {
            assertThat(refused.status()).isEqualTo(401);
            assertThat(refused.text()).contains("was refused at corp");
        });
        Answer broken = get(back + "&error=%3Cscript%3E", begun.cookie());
        assertThat(broken.status()).isEqualTo(503);
        assertThat(broken.text()).contains("unknown error").doesNotContain("<script>");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "//evil.example",
                "/%5Cevil.example",
                "https://evil.example",
                "x",
                "/a b",
                "/a%0D%0Ab",
                "/%09/evil.example"
            })
    void theLoginLeadsToAPageOfThisServer(String next) throws Exception {
        Answer refused = get("/login?next=" + next.replace(" ", "%20"), "");
        assertThat(refused.status()).isEqualTo(400);
        assertThat(refused.location()).isEmpty();
    }

    @Test
    void ofSeveralProvidersOneIsNamed() throws Exception {
        providers.add(new PlayedProvider().provider("lab"));
        assertThat(get("/login", "").text()).contains("corp, lab");
        assertThat(get("/login?provider=lab", "").status()).isEqualTo(303);
        assertThat(get("/login?provider=none", "").status()).isEqualTo(404);
        providers.clear();
        assertThat(get("/login", "").status()).isEqualTo(404);
    }

    @Test
    void aProviderThatIsAwayIs503() throws Exception {
        played.away = true;
        assertThat(get("/login", "").status()).isEqualTo(503);
    }

    @Test
    void logoutEndsTheSessionAndTheCookie() throws Exception {
        Answer out = call("POST", "/logout", "__Host-smo-session=smos_1_x", true);
        assertThat(out.status()).isEqualTo(204);
        assertThat(out.cookies())
                .containsExactly("__Host-smo-session=; Path=/; Max-Age=0; HttpOnly; SameSite=Lax; Secure");
        verify(sessions).close(anyString(), any());
    }

    @Test
    void otherPathsAndMethodsAreNotServed() throws Exception {
        assertThat(get("/logout", "").status()).isEqualTo(405);
        assertThat(call("POST", "/login", "", true).status()).isEqualTo(405);
        assertThat(call("POST", "/callback", "", true).status()).isEqualTo(405);
        assertThat(get("/other", "").status()).isEqualTo(404);
        assertThat(get("/", "").status()).isEqualTo(404);
    }

    @Test
    void tooManyLoginsFromAnAddressHaveToWait() throws Exception {
        for (int i = 0; i < AttemptLimit.PER_MINUTE; i++) {
            assertThat(get("/login", "").status()).isEqualTo(303);
        }
        assertThat(get("/login", "").status()).isEqualTo(429);
    }
}
