// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.access.cli.identity;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import eu.nephele.smo.access.cli.CommandLineRun;
import eu.nephele.smo.access.cli.FakeSmo;
import eu.nephele.smo.access.cli.client.StoredSessions;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Logins by an identity provider from the command line, on a server of recorded answers. */
class ProviderLoginTest {

    private static final String SESSION =
            "{\"id\":\"s1\",\"principal\":\"corp:anna\",\"until\":\"2026-11-21T10:00:00Z\",\"token\":\"smos_s1_secret\"}";
    private static final String BEGIN = "POST /api/v1/session-providers/corp/authorizations";
    private static final String OPEN = "POST /api/v1/session-providers/corp/sessions";
    private static final String DEVICE =
            "{\"flow\":\"device\",\"deviceCode\":\"dc\",\"userCode\":\"WDJB-MJHT\",\"address\":\"https://id.example/device\",\"seconds\":%d,\"intervalSeconds\":1}";

    @TempDir
    private Path home;

    private final FakeSmo server = new FakeSmo();
    private final String realHome = System.getProperty("user.home");

    @BeforeEach
    void moveHome() {
        System.setProperty("user.home", home.toString());
    }

    @AfterEach
    void moveBack() {
        System.setProperty("user.home", realHome);
        server.close();
    }

    private CommandLineRun login(String... flow) {
        List<String> all = new ArrayList<>(List.of("login", "--provider", "corp"));
        all.addAll(List.of(flow));
        all.addAll(List.of("--url", server.uri().toString()));
        return CommandLineRun.of(all.toArray(String[]::new));
    }

    @Test
    void aCodeIsShownAndTheSessionKeptWhenItWasEntered() throws IOException {
        server.on(BEGIN, DEVICE.formatted(60))
                .reply(OPEN, 202, "{\"slower\":false}")
                .reply(OPEN, 201, SESSION);
        CommandLineRun run = login("--device", "--hours", "3");
        assertThat(run.status()).as(run.err()).isZero();
        assertThat(run.err()).contains("https://id.example/device", "WDJB-MJHT").doesNotContain("dc\"");
        assertThat(run.out()).contains("as corp:anna until").doesNotContain("secret");
        assertThat(server.calls("POST", "/api/v1/session-providers/corp/sessions"))
                .hasSize(2)
                .allSatisfy(call -> assertThat(call.body()).isEqualTo("{\"deviceCode\":\"dc\",\"hours\":3}"));
        Path kept = StoredSessions.ofUser().file(server.uri()).orElseThrow();
        assertThat(Files.readString(kept).strip()).isEqualTo("smos_s1_secret");
    }

    @Test
    void aRefusalIsTheEndAndAnOutageIsNot() {
        server.on(BEGIN, DEVICE.formatted(60))
                .reply(
                        OPEN,
                        401,
                        "{\"status\":401,\"title\":\"Unauthorized\",\"detail\":\"The login was refused at corp\"}");
        CommandLineRun refused = login("--device");
        assertThat(refused.status()).isEqualTo(1);
        assertThat(refused.err()).contains("The login was refused at corp");
        assertThat(StoredSessions.ofUser().file(server.uri())).isEmpty();

        FakeSmo other = new FakeSmo();
        other.on(BEGIN, DEVICE.formatted(60))
                .reply(OPEN, 503, "{\"status\":503}")
                .reply(OPEN, 201, SESSION);
        CommandLineRun run = CommandLineRun.of(
                "login",
                "--provider",
                "corp",
                "--device",
                "--json",
                "--url",
                other.uri().toString());
        other.close();
        assertThat(run.status()).as(run.err()).isZero();
        assertThat(FakeSmo.json(run.out()).path("principal").asText()).isEqualTo("corp:anna");
        assertThat(run.out()).doesNotContain("secret");
    }

    @Test
    void whatIsNotConfirmedInTimeIsOver() {
        server.on(BEGIN, DEVICE.formatted(1)).reply(OPEN, 202, "{\"slower\":true}");
        CommandLineRun run = login("--device");
        assertThat(run.status()).isNotZero();
        assertThat(run.err()).contains("not confirmed within 1 seconds");
    }

    private static HttpResponse<String> visit(String address) throws Exception {
        return HttpClient.newHttpClient()
                .send(HttpRequest.newBuilder(URI.create(address)).build(), HttpResponse.BodyHandlers.ofString());
    }

    private JsonNode begun() throws InterruptedException {
        for (int tries = 0; tries < 200; tries++) {
            List<FakeSmo.Call> calls = server.calls("POST", "/api/v1/session-providers/corp/authorizations");
            if (!calls.isEmpty()) {
                return FakeSmo.json(calls.get(0).body());
            }
            TimeUnit.MILLISECONDS.sleep(50);
        }
        throw new AssertionError("nothing was begun");
    }

    @Test
    void aBrowserComesBackToTheProgramWithACode() throws Exception {
        server.on(BEGIN, "{\"flow\":\"browser\",\"address\":\"https://id.example/auth?x\"}")
                .reply(OPEN, 201, SESSION);
        CompletableFuture<CommandLineRun> running = CompletableFuture.supplyAsync(() -> login("--browser"));
        JsonNode request = begun();
        String redirect = request.path("redirectUri").asText();
        assertThat(redirect).matches("http://127\\.0\\.0\\.1:\\d+/callback");
        String state = request.path("state").asText();
        assertThat(visit(redirect + "?code=stolen&state=other").statusCode()).isEqualTo(400);
        assertThat(visit(redirect + "?code=stolen").statusCode()).isEqualTo(400);
        assertThat(visit(redirect + "?state=" + state).statusCode()).isEqualTo(400);
        // the program waits from then on; until then nobody is heard
        HttpResponse<String> heard = visit(redirect + "?code=c%2F1&state=" + state);
        for (int tries = 0; heard.statusCode() == 400 && tries < 100; tries++) {
            TimeUnit.MILLISECONDS.sleep(50);
            heard = visit(redirect + "?code=c%2F1&state=" + state);
        }
        assertThat(heard.body()).contains("can be closed");
        CommandLineRun run = running.get(60, TimeUnit.SECONDS);
        assertThat(run.status()).as(run.err()).isZero();
        assertThat(run.err()).contains("https://id.example/auth?x");
        JsonNode exchange = FakeSmo.json(server.calls("POST", "/api/v1/session-providers/corp/sessions")
                .get(0)
                .body());
        assertThat(exchange.path("code").asText()).isEqualTo("c/1");
        assertThat(exchange.path("redirectUri").asText()).isEqualTo(redirect);
        byte[] digest = MessageDigest.getInstance("SHA-256")
                .digest(exchange.path("codeVerifier").asText().getBytes(StandardCharsets.US_ASCII));
        assertThat(request.path("codeChallenge").asText())
                .isEqualTo(Base64.getUrlEncoder().withoutPadding().encodeToString(digest));
    }

    @Test
    void aBrowserThatWasRefusedEndsTheLogin() throws Exception {
        server.on(BEGIN, "{\"flow\":\"browser\",\"address\":\"https://id.example/auth\"}");
        CompletableFuture<CommandLineRun> running = CompletableFuture.supplyAsync(() -> login("--browser"));
        JsonNode request = begun();
        String back = request.path("redirectUri").asText() + "?error=access_denied&state="
                + request.path("state").asText();
        for (int tries = 0; visit(back).statusCode() == 400 && tries < 100; tries++) {
            TimeUnit.MILLISECONDS.sleep(50);
        }
        CommandLineRun run = running.get(60, TimeUnit.SECONDS);
        assertThat(run.status()).isNotZero();
        assertThat(run.err()).contains("access_denied");
    }

    @Test
    void aUserAndAProviderAreTwoWays() {
        assertThat(CommandLineRun.of("login", "--url", server.uri().toString()).status())
                .isEqualTo(64);
        assertThat(login("--user", "anna").status()).isEqualTo(64);
        assertThat(login("--device", "--browser").status()).isEqualTo(64);
        assertThat(server.calls()).isEmpty();
    }

    @Test
    void withoutAScreenThereIsNoBrowser() {
        assertThat(LoopbackBrowser.hasScreen(Map.of("DISPLAY", ":0"))).isTrue();
        assertThat(LoopbackBrowser.hasScreen(Map.of("WAYLAND_DISPLAY", "w"))).isTrue();
    }
}
