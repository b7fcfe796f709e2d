// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.access.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The version of both sides, what the server checks, and what is awaited where. */
class ServerCommandsTest {

    private static final String OPEN = """
            {"id":"o1","href":"/api/v1/operations/o1","kind":"STOP","state":"RUNNING","graph":{"href":"/api/v1/projects/p/graphs/g"},
             "plugin":"x","message":"under way"}""";

    @TempDir
    private Path folder;

    private final FakeSmo server = new FakeSmo();

    @AfterEach
    void end() {
        server.close();
    }

    private CommandLineRun run(String... arguments) {
        List<String> all = new ArrayList<>(List.of(arguments));
        all.addAll(List.of("--url", server.uri().toString()));
        return CommandLineRun.of(all.toArray(String[]::new));
    }

    @Test
    void bothVersionsAreTold() {
        server.on("GET /api/v1/version", "{\"name\":\"smo\",\"version\":\"9.9\",\"api\":\"1\",\"java\":\"17\"}");
        CommandLineRun both = run("version");
        assertThat(both.out()).containsPattern("client +\\d+\\.\\d+\\S* ").containsPattern("server +9.9 +1 +17");
        assertThat(FakeSmo.json(run("version", "-o", "json").out())
                        .at("/server/version")
                        .asText())
                .isEqualTo("9.9");
        server.close();
        assertThat(CommandLineRun.of("version", "--client").out())
                .contains("client")
                .doesNotContain("server");
    }

    @Test
    void theServerChecksADescriptor() throws IOException {
        Path file = Files.writeString(folder.resolve("g.yaml"), "hdaGraph: {}\n");
        server.on(
                "POST /api/v1/descriptors/lint?project=demo",
                """
                    {"valid":false,"errors":[{"pointer":"/hdaGraph/id","message":"is missing","line":1,"column":11}],
                     "warnings":["w has no effect"],"services":0}""",
                "{\"valid\":true,\"errors\":[],\"warnings\":[],\"services\":1}");
        CommandLineRun wrong = run("lint", file.toString(), "--server");
        assertThat(wrong.status()).isEqualTo(2);
        assertThat(wrong.out()).contains("1:11 /hdaGraph/id is missing", "w has no effect");
        CommandLineRun right = run("lint", file.toString(), "--server");
        assertThat(right.status()).isZero();
        assertThat(right.out()).contains("valid");
        assertThat(server.calls().get(0).headers().get("Content-type")).containsExactly("application/yaml");
    }

    @Test
    void alertsAreSentAsTheyAre() throws IOException {
        Path file = Files.writeString(folder.resolve("alerts.json"), "{\"alerts\":[]}");
        server.reply("POST /alerts", 202, "");
        assertThat(run("alert", "-f", file.toString()).status()).isZero();
        assertThat(server.calls("POST", "/alerts").get(0).body()).isEqualTo("{\"alerts\":[]}");
    }

    @Test
    void oneRequestForInfrastructureIsShown() {
        server.on("GET /api/v1/infrastructure/kind/requests/r1", """
                {"id":"r1","action":"CREATE","state":"DONE","createdAt":"2026-11-28T09:00:00Z"}""");
        assertThat(run("infrastructure", "requests", "kind", "r1").out()).containsPattern("r1 +create");
    }

    @Test
    void theOwnPasswordNeedsThePresentOne() throws IOException {
        Path present = Files.writeString(folder.resolve("old"), "old secret\n");
        Path next = Files.writeString(folder.resolve("new"), "new secret\n");
        server.reply("PUT /api/v1/password", 204, "");
        CommandLineRun run = run(
                "user",
                "change-password",
                "--present-password-file",
                present.toString(),
                "--password-file",
                next.toString());
        assertThat(run.status()).as(run.err()).isZero();
        assertThat(FakeSmo.json(server.calls("PUT", "/api/v1/password").get(0).body()))
                .isEqualTo(FakeSmo.json("{\"present\":\"old secret\",\"password\":\"new secret\"}"));
    }

    /** The server does not wait: Ctrl-C would end a call whose operation nobody knows yet. */
    @ParameterizedTest
    @CsvSource({
        "graph stop p g, POST /api/v1/projects/p/graphs/g/stop",
        "graph start p g, POST /api/v1/projects/p/graphs/g/start",
        "graph repair p g, POST /api/v1/projects/p/graphs/g/repair",
        "graph place p g, POST /api/v1/projects/p/graphs/g/placement",
        "graph plan p/g n --apply, POST /api/v1/projects/p/graphs/g/plans/n/apply",
        "graph remove p g, DELETE /api/v1/projects/p/graphs/g",
        "delete graph p/g --yes, DELETE /api/v1/projects/p/graphs/g",
        "rollback p/g 3, POST /api/v1/projects/p/graphs/g/rollback",
        "drain c1 --yes, POST /api/v1/clusters/c1/drain",
        "plugin remove x, DELETE /api/v1/plugins/x",
        "plugin rollback x, POST /api/v1/plugins/x/rollback",
        "shadow promote s, POST /api/v1/shadows/s/promote"
    })
    void theCommandWaitsAndNotTheServer(String command, String call) {
        server.on(call, OPEN)
                .on("GET /api/v1/operations/o1", OPEN.replace("RUNNING", "SUCCEEDED"))
                .on("GET /api/v1/plugins/x", "{\"versions\":[]}")
                .on("GET /api/v1/projects/p/graphs/g", "{\"project\":\"p\",\"name\":\"g\",\"phase\":\"RUNNING\"}");
        CommandLineRun run = run((command + " --wait 5").split(" "));
        assertThat(run.status()).as(run.err()).isZero();
        assertThat(server.calls("GET", "/api/v1/operations/o1")).isNotEmpty();
    }

    @Test
    void aPromotionThatFailsSaysSo() {
        server.on("POST /api/v1/shadows/s/promote", OPEN)
                .on("GET /api/v1/operations/o1", OPEN.replace("RUNNING", "FAILED"));
        for (String[] command : new String[][] {{"shadow", "promote", "s"}, {"shadow", "promote", "s", "--json"}}) {
            CommandLineRun run = run(command);
            assertThat(run.status()).as(run.out()).isEqualTo(1);
            assertThat(run.err()).contains("failed", "operation o1");
        }
    }

    /** As while a part of the server is replaced. */
    @Test
    void aLookThatIsRefusedForNowDoesNotEndTheWait() {
        server.on("POST /api/v1/shadows/s/promote", OPEN)
                .reply("GET /api/v1/operations/o1", 503, "{\"status\":503,\"detail\":\"not now\"}")
                .on("GET /api/v1/operations/o1", OPEN.replace("RUNNING", "SUCCEEDED"));
        CommandLineRun run = run("shadow", "promote", "s", "--wait", "20");
        assertThat(run.status()).as(run.err()).isZero();
    }
}
