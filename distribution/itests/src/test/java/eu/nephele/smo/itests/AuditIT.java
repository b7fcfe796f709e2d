// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.itests;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;

/** What is done, refused and decided is in the audit, also when the server is killed right after its answer. */
class AuditIT {

    private static final long PATIENCE_SECONDS = 90;
    private static final String GRAPHS = "/api/v1/projects/audited/graphs";

    private final int port = Distribution.freePort();
    private final RestClient client = new RestClient(port);
    private Path data;

    @Test
    void aChangeARefusalAndADecisionAreInOneChainThatSurvivesAKill() throws Exception {
        Path anchor = Distribution.workFile("audit-anchor.jsonl");
        Files.deleteIfExists(anchor);
        data = Settings.fresh()
                .with("eu.nephele.smo.core.audit", "anchors=" + anchor + "\nanchorSeconds=1")
                .data();
        Sample sample = Sample.named("minimal.yaml");
        String graph = "graph/audited/" + sample.graph();
        try (ServerProcess server = ServerProcess.ready(port, data)) {
            assertThat(client.get("/api/v1/audit").status())
                    .as("without a token")
                    .isEqualTo(401);
            RestClient.Answer deployed = client.call(
                    "POST",
                    GRAPHS,
                    sample.as("application/json"),
                    "X-Correlation-Id",
                    "deploy-1",
                    "Idempotency-Key",
                    "once");
            assertThat(deployed.status()).as(deployed.text()).isEqualTo(202);
            RestClient.Answer again = client.call(
                    "POST",
                    GRAPHS,
                    sample.as("application/json"),
                    "X-Correlation-Id",
                    "deploy-2",
                    "Idempotency-Key",
                    "once");
            assertThat(again.status()).as(again.text()).isEqualTo(202);
            Eventually.within(PATIENCE_SECONDS, () -> entries("actor=smo&target=" + graph), found -> assertThat(found)
                    .anySatisfy(entry -> {
                        assertThat(entry.path("action").asText()).isEqualTo("placement.decision_made");
                        assertThat(entry.path("correlationId").asText()).isEqualTo("deploy-1");
                        assertThat(entry.path("decision").asText()).isNotEmpty();
                    }));
            assertThat(client.post(GRAPHS + "/" + sample.graph() + "/stop").status())
                    .isEqualTo(202);
            server.kill();
        }
        try (ServerProcess server = ServerProcess.ready(port, data)) {
            assertThat(server.processId()).isPositive();
            assertThat(entries("target=" + graph + "&action=graph.*"))
                    .extracting(entry -> entry.path("actor").asText() + " "
                            + entry.path("action").asText() + " "
                            + entry.path("outcome").asText())
                    .containsExactly(
                            "anonymous graph.deploy accepted",
                            "anonymous graph.deploy repeated",
                            "anonymous graph.stop accepted");
            assertThat(entries("action=access.*"))
                    .anySatisfy(entry -> assertThat(entry.path("target").asText() + " "
                                    + entry.path("outcome").asText())
                            .isEqualTo("path/api/v1/audit unauthenticated"))
                    .anySatisfy(entry -> assertThat(entry.path("actor").asText() + " "
                                    + entry.path("action").asText())
                            .isEqualTo("admin access.login"));
            assertThat(entries("limit=1000"))
                    .extracting(entry -> entry.path("epoch").asLong())
                    .contains(1L, 2L);
            Eventually.within(
                    PATIENCE_SECONDS,
                    () -> Files.exists(anchor) ? Files.readAllLines(anchor) : List.<String>of(),
                    heads -> assertThat(heads).hasSizeGreaterThan(1));
            JsonNode verdict = verify("--anchor", anchor.toString());
            assertThat(verdict.path("good").asBoolean()).as(verdict.toString()).isTrue();
            assertThat(verdict.path("seals").asLong()).isPositive();
        }
    }

    private List<JsonNode> entries(String query) throws Exception {
        RestClient.Answer answer =
                client.call("GET", "/api/v1/audit?" + query, "", "Authorization", "Bearer " + token());
        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
        return StreamSupport.stream(answer.json().path("items").spliterator(), false)
                .toList();
    }

    private String token() throws IOException {
        return Files.readString(data.resolve("etc/admin.token")).strip();
    }

    /** As people do it: the command line has everything that it needs. */
    private JsonNode verify(String... options) throws Exception {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                Distribution.HOME.resolve("cli") + "/*",
                "eu.nephele.smo.access.cli.Main",
                "audit",
                "verify",
                "--json",
                "--url",
                "http://127.0.0.1:" + port,
                "--token-file",
                data.resolve("etc/admin.token").toString()));
        command.addAll(List.of(options));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(said).isZero();
        return new JsonMapper().readTree(said);
    }
}
