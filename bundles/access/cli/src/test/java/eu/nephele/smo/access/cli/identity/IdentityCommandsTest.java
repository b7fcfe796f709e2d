// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.access.cli.identity;

import static org.assertj.core.api.Assertions.assertThat;

import eu.nephele.smo.access.cli.CommandLineRun;
import eu.nephele.smo.access.cli.FakeSmo;
import eu.nephele.smo.access.cli.client.StoredSessions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Users, keys, sessions and grants from the command line. */
class IdentityCommandsTest {

    private static final String SESSION =
            "{\"id\":\"s1\",\"principal\":\"anna\",\"until\":\"2026-11-21T10:00:00Z\",\"token\":\"smos_s1_secret\"}";
    private static final String GRANT = """
            {"id":"g1","subject":"anna","role":"deployer","project":"shop","verbs":[],"grantedBy":"admin",
             "grantedAt":"2026-11-20T10:00:00Z","needsConsent":false,"trial":true,
             "effect":{"subject":"anna","project":"shop","gains":{"graph":["CREATE","UPDATE"]}}}""";

    @TempDir
    private Path home;

    private final FakeSmo server = new FakeSmo();
    private final String realHome = System.getProperty("user.home");
    private Path password = Path.of("");

    @BeforeEach
    void moveHome() throws IOException {
        System.setProperty("user.home", home.toString());
        password = Files.writeString(home.resolve("password"), "correct horse battery staple\n");
    }

    @AfterEach
    void moveBack() {
        System.setProperty("user.home", realHome);
        server.close();
    }

    private CommandLineRun run(String... arguments) {
        List<String> all = new ArrayList<>(List.of(arguments));
        all.addAll(List.of("--url", server.uri().toString()));
        return CommandLineRun.of(all.toArray(String[]::new));
    }

    private CommandLineRun login() {
        server.reply("POST /api/v1/sessions", 201, SESSION);
        return run("login", "--user", "anna", "--password-file", password.toString());
    }

    private String lastAuthorization() {
        List<FakeSmo.Call> calls = server.calls();
        return String.valueOf(calls.get(calls.size() - 1).headers().get("Authorization"));
    }

    @Test
    void aLoginIsUsedByLaterCommandsAndEndsWithTheLogout() throws IOException {
        CommandLineRun login = login();
        assertThat(login.status()).as(login.err()).isZero();
        assertThat(login.out()).contains("as anna").doesNotContain("secret");
        assertThat(server.calls().get(0).body())
                .isEqualTo("{\"user\":\"anna\",\"password\":\"correct horse battery staple\"}");
        Path file = StoredSessions.ofUser().file(server.uri()).orElseThrow();
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");

        server.on("GET /api/v1/whoami", "{\"principal\":\"anna\",\"roles\":[],\"grants\":[%s]}".formatted(GRANT));
        CommandLineRun whoami = run("whoami");
        assertThat(whoami.out()).contains("anna", "deployer", "shop");
        assertThat(lastAuthorization()).isEqualTo("[Bearer smos_s1_secret]");

        server.reply("DELETE /api/v1/sessions/current", 204, "");
        assertThat(run("logout").status()).isZero();
        assertThat(server.calls("DELETE", "/api/v1/sessions/current")).hasSize(1);
        assertThat(StoredSessions.ofUser().file(server.uri())).isEmpty();
        run("whoami");
        assertThat(lastAuthorization()).isEqualTo("null");
    }

    @Test
    void aSessionThatIsOverIsForgottenAllTheSame() {
        login();
        server.reply("DELETE /api/v1/sessions/current", 401, "{\"status\":401,\"title\":\"Unauthorized\"}");
        assertThat(run("logout").status()).isZero();
        assertThat(StoredSessions.ofUser().file(server.uri())).isEmpty();
    }

    @Test
    void withoutATerminalAPasswordComesFromAFile() {
        CommandLineRun run = run("login", "--user", "anna");
        assertThat(run.status()).isEqualTo(64);
        assertThat(run.err()).contains("--password-file");
        assertThat(server.calls()).isEmpty();
    }

    @Test
    void aUserIsAddedWithARoleAndAGeneratedPasswordThatIsShown() {
        server.reply("POST /api/v1/users", 201, "{\"name\":\"anna\"}").reply("POST /api/v1/grants", 201, GRANT);
        CommandLineRun run =
                run("user", "add", "anna", "--generate-password", "--role", "deployer", "--project", "shop");
        assertThat(run.status()).as(run.err()).isZero();
        String sent = FakeSmo.json(server.calls("POST", "/api/v1/users").get(0).body())
                .path("password")
                .asText();
        assertThat(sent).hasSize(24);
        assertThat(run.out()).contains(sent);
        assertThat(server.calls("POST", "/api/v1/grants").get(0).body())
                .isEqualTo("{\"subject\":\"anna\",\"role\":\"deployer\",\"project\":\"shop\"}");
    }

    @Test
    void aProjectWithoutARoleIsAMistake() {
        assertThat(run("user", "add", "anna", "--generate-password", "--project", "shop")
                        .status())
                .isEqualTo(64);
        assertThat(run("key", "add", "ci", "--project", "shop").status()).isEqualTo(64);
        assertThat(server.calls()).isEmpty();
    }

    @Test
    void aKeyIsShownOnceWithItsGrant() {
        server.reply("POST /api/v1/keys", 201, "{\"name\":\"ci\",\"token\":\"smok_ci_secret\"}")
                .reply("POST /api/v1/grants", 201, GRANT);
        CommandLineRun run = run("key", "add", "ci", "--days", "30", "--role", "deployer");
        assertThat(run.out()).contains("smok_ci_secret");
        assertThat(server.calls("POST", "/api/v1/keys").get(0).body()).contains("\"until\":\"20");
        assertThat(server.calls("POST", "/api/v1/grants").get(0).body())
                .isEqualTo("{\"subject\":\"key:ci\",\"role\":\"deployer\"}");
    }

    @Test
    void aKeyEndsAfterAnyTime() {
        server.reply("POST /api/v1/keys", 201, "{\"name\":\"ci\",\"token\":\"smok_ci_secret\"}");
        Instant before = Instant.now();
        assertThat(run("key", "add", "ci", "--for", "90m").status()).isZero();
        String until = FakeSmo.json(server.calls("POST", "/api/v1/keys").get(0).body())
                .path("until")
                .asText();
        assertThat(Duration.between(before, Instant.parse(until)))
                .isBetween(Duration.ofMinutes(90), Duration.ofMinutes(91));
        assertThat(run("key", "add", "ci", "--for", "90m", "--days", "1").status())
                .isEqualTo(64);
        assertThat(server.calls()).hasSize(1);
    }

    @Test
    void aGrantShowsItsEffectBeforeItIsMade() {
        server.reply("POST /api/v1/grants?dryRun=true", 200, GRANT).reply("POST /api/v1/grants", 201, GRANT);
        CommandLineRun run = run(
                "grant",
                "add",
                "anna",
                "deployer",
                "--project",
                "shop",
                "--for",
                "8h",
                "--verbs",
                "operate",
                "--consent");
        assertThat(run.status()).as(run.err()).isZero();
        assertThat(run.out())
                .contains("anna gains in shop:", "graph CREATE,UPDATE", "Granted: anna is deployer in shop");
        assertThat(server.calls("POST", "/api/v1/grants")).hasSize(2).allSatisfy(call -> assertThat(call.body())
                .contains("\"verbs\":[\"OPERATE\"]", "\"needsConsent\":true", "\"until\":\"20"));
    }

    @Test
    void theOwnerOfTheDataLetsAnAdministratorInAgain() throws IOException {
        login();
        Path token = Files.writeString(home.resolve("admin.token"), "of-the-owner\n");
        server.reply("GET /api/v1/users/anna", 404, "{\"status\":404}")
                .reply("POST /api/v1/users", 201, "{\"name\":\"anna\"}")
                .reply("POST /api/v1/grants", 201, GRANT);
        CommandLineRun run =
                run("user", "reset", "anna", "--password-file", password.toString(), "--token-file", token.toString());
        assertThat(run.status()).as(run.err()).isZero();
        assertThat(server.calls("POST", "/api/v1/users").get(0).headers().get("Authorization"))
                .containsExactly("Bearer of-the-owner");
        assertThat(server.calls("POST", "/api/v1/users").get(0).body()).contains("\"enabled\":true");
        assertThat(server.calls("POST", "/api/v1/grants").get(0).body()).contains("\"role\":\"admin\"");
        assertThat(run("user", "reset", "anna", "--password-file", password.toString())
                        .err())
                .contains("administrator's token", "cannot be read");
    }

    @Test
    void listsAreTables() {
        server.on(
                        "GET /api/v1/users",
                        "{\"items\":[{\"name\":\"anna\",\"fullName\":\"A\",\"enabled\":true,\"hasPassword\":true,\"createdAt\":\"t\"}]}")
                .on("GET /api/v1/keys", "{\"items\":[{\"name\":\"ci\",\"description\":\"d\",\"createdBy\":\"anna\"}]}")
                .on(
                        "GET /api/v1/sessions",
                        "{\"items\":[{\"id\":\"s1\",\"principal\":\"anna\",\"address\":\"10.0.0.1\"}]}")
                .on("GET /api/v1/grants", "{\"items\":[%s]}".formatted(GRANT))
                .on(
                        "GET /api/v1/roles",
                        "{\"items\":[{\"role\":\"viewer\",\"inProject\":{\"graph\":[\"READ\"]},\"ofServer\":{}}]}");
        assertThat(run("user", "list").out()).contains("anna", "yes");
        assertThat(run("key", "list").out()).contains("ci", "for ever", "never");
        assertThat(run("session", "list", "--all").out()).contains("s1", "10.0.0.1");
        assertThat(run("grant", "list").out()).contains("g1", "deployer", "shop");
        assertThat(run("grant", "roles").out()).contains("viewer", "graph READ");
    }
}
