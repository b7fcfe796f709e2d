// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.itests;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import eu.nephele.smo.lab.harness.browser.Browser;
import eu.nephele.smo.lab.testkit.Await;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;

/** A server whose callers are known by a real Keycloak: by its tokens, and by logins of programs and browsers. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class KeycloakIT {

    private static final int PORT = Distribution.freePort();
    private static final String BASE = "http://127.0.0.1:" + PORT;
    private static final RestClient CLIENT = new RestClient(PORT);
    private static final Path WORK = Distribution.freshFolder("keycloak-clients");
    private static final int LAST = Integer.MAX_VALUE;

    private static KeycloakServer keycloak;
    private static ServerProcess server;
    private static String adminToken;

    @BeforeAll
    static void start() throws Exception {
        keycloak = KeycloakServer.start();
        Settings settings = Settings.fresh()
                .world(new int[] {64})
                .with("eu.nephele.smo.access.security", "requireToken=true")
                .with(
                        "eu.nephele.smo.access.oidc~corp",
                        "issuer=" + keycloak.issuer(),
                        "clientId=" + KeycloakServer.CLIENT,
                        "clientSecret=file:keycloak.secret",
                        "unknownKeySeconds=1")
                .file("keycloak.secret", KeycloakServer.SECRET + "\n");
        server = ServerProcess.ready(PORT, settings.data());
        adminToken =
                Files.readString(settings.data().resolve("etc/admin.token")).strip();
        RestClient.Answer granted = CLIENT.call(
                "POST",
                "/api/v1/grants",
                "{\"subject\":\"group:corp/ops\",\"role\":\"viewer\"}",
                "Authorization",
                "Bearer " + adminToken);
        assertThat(granted.status()).as(granted.text()).isEqualTo(201);
        // its keys are read in the background
        Eventually.within(
                60, () -> as(accessToken("anna"), "GET", "/api/v1/whoami", "").status(), status -> assertThat(status)
                        .isEqualTo(200));
    }

    @AfterAll
    static void end() {
        if (server != null) {
            server.close();
        }
        if (keycloak != null) {
            keycloak.close();
        }
    }

    private static String accessToken(String user) throws Exception {
        return keycloak.tokens(user).path("access_token").asText();
    }

    private static RestClient.Answer as(String token, String method, String path, String body) throws Exception {
        return CLIENT.call(method, path, body, "Authorization", "Bearer " + token);
    }

    private static void assertRefused(String token, String why) throws Exception {
        RestClient.Answer refused = as(token, "GET", "/api/v1/whoami", "");
        assertThat(refused.status()).as(refused.text()).isEqualTo(401);
        assertThat(refused.json().path("detail").asText()).contains(why);
        assertThat(refused.headers().firstValue("WWW-Authenticate").orElse("")).contains("Bearer");
    }

    @Test
    void itsTokensAreCredentialsWithTheRightsOfTheirGroups() throws Exception {
        String anna = accessToken("anna");
        JsonNode caller = as(anna, "GET", "/api/v1/whoami", "").json();
        assertThat(caller.path("principal").asText()).isEqualTo("corp:anna");
        assertThat(caller.path("credential").asText()).isEqualTo("jwt");
        assertThat(caller.at("/groups/0").asText()).isEqualTo("corp/ops");
        assertThat(as(anna, "GET", "/metrics", "").status()).isEqualTo(200);
        assertThat(as(anna, "POST", "/api/v1/keys", "{\"name\":\"k\"}").status())
                .isIn(403, 404);
        String bert = accessToken("bert");
        assertThat(as(bert, "GET", "/api/v1/whoami", "").json().path("groups")).isEmpty();
        assertThat(as(bert, "GET", "/metrics", "").status()).isEqualTo(403);
    }

    @Test
    void whatElseItGivesIsNoCredential() throws Exception {
        JsonNode tokens = keycloak.tokens("anna");
        assertRefused(tokens.path("id_token").asText(), "no access token");
        assertRefused(tokens.path("refresh_token").asText(), "algorithm that is not accepted");
        String good = tokens.path("access_token").asText();
        String[] parts = good.split("\\.");
        String bert = accessToken("bert").split("\\.")[1];
        assertRefused(parts[0] + "." + bert + "." + parts[2], "wrong signature");
        assertRefused(
                keycloak.tokens("anna", Map.of("client_id", "other"))
                        .path("access_token")
                        .asText(),
                "another audience");
        assertThat(as(good + "x".repeat(40_000), "GET", "/api/v1/whoami", "").status())
                .as("longer than what is read")
                .isIn(401, 431);
        assertThat(as(good, "GET", "/api/v1/whoami", "").status()).isEqualTo(200);
    }

    /** The login goes to the provider, and comes back to where it was needed. */
    @Test
    void aPersonLogsInOnTheWebPage() throws Exception {
        try (DashboardPage page = DashboardPage.open(PORT)) {
            page.go("/clusters").sees("Log in").click("corp");
            Browser browser = page.browser();
            Await.until(page::shown, () -> browser.count("#username") == 1);
            browser.fill("#username", "anna");
            browser.fill("#password", "anna-password");
            browser.click("#kc-login");
            page.sees("corp:anna", "c1", "live");
            assertThat(browser.address()).isEqualTo(BASE + "/dashboard/clusters");
            page.go("/access?tab=me").sees("corp/ops").click("Log out").sees("With an API key or a token");
            page.click("Clusters");
            Await.until(page::shown, () -> browser.address().contains("/dashboard/login?next="));
            assertThat(page.sees("With an API key or a token").shown()).doesNotContain("corp:anna");
        }
    }

    /** A command in a process of its own. */
    private record Command(Process process, Path output, Path errors) {

        static Command run(String... arguments) throws Exception {
            List<String> command = new ArrayList<>(
                    List.of("bash", Distribution.HOME.resolve("smo").toString()));
            command.addAll(List.of(arguments));
            command.addAll(List.of("--url", BASE));
            Path output = Files.createTempFile(WORK, "output", ".txt");
            Path errors = Files.createTempFile(WORK, "errors", ".txt");
            ProcessBuilder builder =
                    new ProcessBuilder(command).redirectOutput(output.toFile()).redirectError(errors.toFile());
            builder.environment().put("HOME", WORK.toString());
            builder.environment()
                    .keySet()
                    .removeAll(List.of("JAVA_TOOL_OPTIONS", "SMO_URL", "DISPLAY", "WAYLAND_DISPLAY"));
            return new Command(builder.start(), output, errors);
        }

        /** What it says to whoever logs in. */
        String said(Pattern pattern) throws Exception {
            for (int tries = 0; tries < 600 && process.isAlive(); tries++) {
                Matcher found = pattern.matcher(Files.readString(errors));
                if (found.find()) {
                    return found.group(1);
                }
                TimeUnit.MILLISECONDS.sleep(100);
            }
            throw new AssertionError("%s has not said %s".formatted(Files.readString(errors), pattern));
        }

        String done() throws Exception {
            assertThat(process.waitFor(120, TimeUnit.SECONDS)).isTrue();
            assertThat(process.exitValue()).as(Files.readString(errors)).isZero();
            return Files.readString(output);
        }

        String failed() throws Exception {
            assertThat(process.waitFor(120, TimeUnit.SECONDS)).isTrue();
            assertThat(process.exitValue()).isNotZero();
            return Files.readString(errors);
        }
    }

    private static JsonNode whoAmI() throws Exception {
        return new JsonMapper().readTree(Command.run("whoami", "--json").done());
    }

    @Test
    void aProgramLogsInByACodeThatIsEnteredElsewhereAndItsSessionIsRevoked() throws Exception {
        Command login = Command.run("login", "--provider", "corp", "--device", "--hours", "1");
        String address = login.said(Pattern.compile("or open (\\S+)"));
        HttpResponse<String> done = new KeycloakVisitor().login(address, "anna", "anna-password");
        assertThat(done.body()).contains("Device Login Successful");
        assertThat(login.done()).contains("as corp:anna until");
        JsonNode caller = whoAmI();
        assertThat(caller.path("principal").asText()).isEqualTo("corp:anna");
        assertThat(caller.path("credential").asText()).isEqualTo("session");
        assertThat(caller.at("/groups/0").asText()).isEqualTo("corp/ops");
        Command.run("cluster", "list").done();

        JsonNode sessions =
                as(adminToken, "GET", "/api/v1/sessions?all=true", "").json().path("items");
        List<String> ids = new ArrayList<>();
        sessions.forEach(session -> ids.add(session.path("id").asText()));
        assertThat(ids).isNotEmpty();
        for (String id : ids) {
            assertThat(as(adminToken, "DELETE", "/api/v1/sessions/" + id, "").status())
                    .isEqualTo(204);
        }
        assertThat(Command.run("whoami").failed()).contains("not valid here");
        Command.run("logout").done();
    }

    @Test
    void aProgramLogsInByABrowserOfThisMachine() throws Exception {
        Command login = Command.run("login", "--provider", "corp", "--browser");
        String address = login.said(Pattern.compile("at (http\\S+)"));
        HttpResponse<String> done = new KeycloakVisitor().login(address, "bert", "bert-password");
        assertThat(done.body()).contains("can be closed");
        assertThat(login.done()).contains("as corp:bert until");
        assertThat(whoAmI().path("groups")).isEmpty();
        Command.run("logout").done();
        assertThat(Command.run("whoami").failed()).contains("needs credentials");
    }

    private static HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create(BASE + path));
    }

    @Test
    void aBrowserLogsInAndOut() throws Exception {
        KeycloakVisitor anna = new KeycloakVisitor();
        HttpResponse<String> arrived =
                anna.login(BASE + "/auth/login?provider=corp&next=/api/v1/whoami", "anna", "anna-password");
        assertThat(arrived.uri().getPath()).isEqualTo("/api/v1/whoami");
        assertThat(arrived.statusCode()).as(arrived.body()).isEqualTo(200);
        assertThat(arrived.body()).contains("corp:anna", "corp/ops", "\"session\"");
        assertThat(anna.cookies("smo-session")).singleElement().satisfies(cookie -> {
            assertThat(cookie.isHttpOnly()).isTrue();
            assertThat(cookie.getPath()).isEqualTo("/");
            assertThat(cookie.getMaxAge()).isBetween(12 * 3600L - 120, 12 * 3600L);
        });
        assertThat(anna.cookies("smo-login")).isEmpty();
        assertThat(anna.get(BASE + "/docs/").statusCode()).isEqualTo(200);
        assertThat(anna.get(BASE + "/system/console/bundles").statusCode())
                .as("the console is for administrators")
                .isIn(401, 403);

        HttpResponse<String> forged =
                anna.send(request("/auth/logout").POST(BodyPublishers.noBody()).build());
        assertThat(forged.statusCode()).as("without an Origin").isEqualTo(403);
        HttpResponse<String> foreign = anna.send(request("/auth/logout")
                .header("Origin", "http://127.0.0.1:1")
                .POST(BodyPublishers.noBody())
                .build());
        assertThat(foreign.statusCode()).isEqualTo(403);
        HttpResponse<String> out = anna.send(request("/auth/logout")
                .header("Origin", BASE)
                .POST(BodyPublishers.noBody())
                .build());
        assertThat(out.statusCode()).as(out.body()).isEqualTo(204);
        assertThat(anna.cookies("smo-session")).isEmpty();
        assertThat(anna.get(BASE + "/api/v1/whoami").statusCode()).isEqualTo(401);
    }

    /** Somebody is sent to the end of a login that another browser has begun. */
    @Test
    void aLoginEndsInTheBrowserThatHasBegunIt() throws Exception {
        HttpResponse<String> begun = HttpClient.newHttpClient()
                .send(request("/auth/login?provider=corp").build(), HttpResponse.BodyHandlers.ofString());
        assertThat(begun.statusCode()).isEqualTo(303);
        String state = begun.headers().firstValue("Location").orElseThrow().replaceAll(".*[?&]state=([^&]+).*", "$1");
        KeycloakVisitor victim = new KeycloakVisitor();
        HttpResponse<String> refused = victim.get(BASE + "/auth/callback?code=x&state=" + state);
        assertThat(refused.statusCode()).isEqualTo(401);
        assertThat(refused.body()).contains("has not begun this login");
        assertThat(victim.cookies("smo-session")).isEmpty();
        for (String target : List.of("//evil.example/", "https://evil.example", "/%5Cevil.example", "x")) {
            assertThat(victim.get(BASE + "/auth/login?provider=corp&next=" + target)
                            .statusCode())
                    .as(target)
                    .isEqualTo(400);
        }
        assertThat(victim.get(BASE + "/auth/login?provider=none").statusCode()).isEqualTo(404);
        assertThat(CLIENT.call("GET", "/api/v1/session-providers", "").text())
                .isEqualTo("{\"items\":[{\"name\":\"corp\"}]}");
    }

    @Test
    @Order(LAST - 1)
    void aNewKeyOfTheProviderCountsAtOnce() throws Exception {
        String before = accessToken("anna");
        keycloak.rotateKeys();
        String after = accessToken("anna");
        assertThat(after.split("\\.")[0]).as("another key").isNotEqualTo(before.split("\\.")[0]);
        assertThat(as(after, "GET", "/api/v1/whoami", "").status()).isEqualTo(200);
        assertThat(as(before, "GET", "/api/v1/whoami", "").status()).isEqualTo(200);
    }

    @Test
    @Order(LAST)
    void whileTheProviderIsAwayWhatItHasGivenCountsOn() throws Exception {
        String token = accessToken("anna");
        String other = accessToken("bert");
        KeycloakVisitor browser = new KeycloakVisitor();
        HttpResponse<String> inside =
                browser.login(BASE + "/auth/login?provider=corp&next=/api/v1/whoami", "anna", "anna-password");
        assertThat(inside.statusCode()).as(inside.body()).isEqualTo(200);
        assertThat(as(token, "GET", "/api/v1/whoami", "").status()).isEqualTo(200);
        keycloak.close();
        assertThat(as(token, "GET", "/api/v1/whoami", "").status()).isEqualTo(200);
        assertThat(as(other, "GET", "/api/v1/whoami", "").status())
                .as("a token that was not seen before")
                .isEqualTo(200);
        assertThat(browser.get(BASE + "/api/v1/whoami").statusCode()).isEqualTo(200);
        RestClient.Answer login =
                CLIENT.call("POST", "/api/v1/session-providers/corp/authorizations", "{\"flow\":\"device\"}");
        assertThat(login.status()).as(login.text()).isEqualTo(503);
        assertThat(as(adminToken, "GET", "/health/ready", "").status()).isEqualTo(200);
    }
}
