// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.itests;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Clients that a stock generator makes of the OpenAPI document deploy, read, explain and remove a graph; REST says the same. */
class GeneratedClientsIT {

    private static final int PORT = Distribution.freePort();
    private static final Path DATA = Settings.fresh().data();
    private static final Path WORK = Distribution.freshFolder("generated-clients");
    private static final String GRAPH = "hello";
    private static final String SERVICE = "hello-web";
    private static final ClientGenerator CLIENTS = new ClientGenerator(WORK);
    private static ServerProcess server;
    private static RestClient rest;
    private static Path token;

    /** Runs the example of a language. */
    private interface Example {
        ClientGenerator.Run run(String project, String command, String subject) throws Exception;
    }

    @BeforeAll
    static void start() throws Exception {
        server = ServerProcess.ready(PORT, DATA);
        token = DATA.resolve("etc/admin.token").toAbsolutePath();
        rest = RestClient.known(PORT, Files.readString(token).strip());
    }

    @AfterAll
    static void end() {
        if (server != null) {
            server.close();
        }
    }

    @Test
    void theDocumentWithoutAServerIsWhatTheServerServes() throws Exception {
        JsonNode written = new YAMLMapper().readTree(CLIENTS.document().toFile());
        JsonNode served = new YAMLMapper().readTree(rest.get("/openapi.yaml").text());

        assertThat(served.path("paths").size()).isGreaterThan(50);
        assertThat(written.path("paths").properties())
                .containsAll(served.path("paths").properties());
        assertThat(written.at("/components/schemas").properties())
                .containsAll(served.at("/components/schemas").properties());
    }

    /** The one warning is about a member that the document does not have: the generator adds it where a value may be null. */
    @Test
    void theGeneratorHasNothingAgainstTheDocument() throws Exception {
        ClientGenerator.Run validated = CLIENTS.validated().succeeded();

        assertThat(validated.output().lines().filter(line -> line.startsWith("\t- ")))
                .allMatch(line -> line.contains("'nullable'"))
                .hasSizeLessThan(2);
        assertThat(Files.readString(CLIENTS.document())).doesNotContain("nullable:");
    }

    @Test
    void aClientInPython() throws Exception {
        String python = python();
        Map<String, String> path =
                Map.of("PYTHONPATH", CLIENTS.generate("python", "python").toString());
        String program = ClientGenerator.EXAMPLES.resolve("python/deploy.py").toString();

        life(
                "python",
                (project, command, subject) -> CLIENTS.run(
                        List.of(python, program, url(), token.toString(), project, command, subject), path));
        readEverything(python, path);
    }

    @Test
    void aClientInTypeScript() throws Exception {
        String node = node();
        String program = CLIENTS.compiled(node).toString();

        life(
                "typescript",
                (project, command, subject) ->
                        CLIENTS.run(List.of(node, program, url(), token.toString(), project, command, subject)));
    }

    private static void life(String project, Example example) throws Exception {
        Path descriptor = ClientGenerator.EXAMPLES.resolve("graph.json");
        refused(project, descriptor, example);

        JsonNode deployed = example.run(project, "deploy", descriptor.toString())
                .succeeded()
                .json();
        assertThat(deployed.path("state").asText()).isEqualTo("SUCCEEDED");
        JsonNode operation = operation(deployed);
        assertThat(operation.path("kind").asText()).isEqualTo("DEPLOY");
        assertThat(operation.path("principal").asText()).as("who the token is").isEqualTo("admin");
        JsonNode graph = rest.get(path(project)).json();
        assertThat(deployed.path("phase").asText())
                .isEqualTo(graph.path("phase").asText())
                .isEqualTo("RUNNING");
        JsonNode service = deployed.path("services").path(SERVICE);
        assertThat(service.path("cluster").asText())
                .isNotEmpty()
                .isEqualTo(graph.at("/services/0/shares/0/cluster").asText());
        JsonNode explanation = rest.get(path(project) + "/services/" + SERVICE + "/explanation")
                .json();
        assertThat(service.at("/because/0").asText())
                .isEqualTo(explanation.at("/text/0").asText())
                .contains(SERVICE);

        JsonNode removed = example.run(project, "remove", GRAPH).succeeded().json();
        assertThat(operation(removed).path("kind").asText()).isEqualTo("REMOVE");
        assertThat(rest.get(path(project)).status()).isEqualTo(404);
        ClientGenerator.Run again = example.run(project, "remove", GRAPH);
        assertThat(again.status()).isEqualTo(1);
        assertThat(again.json().path("status").asInt()).isEqualTo(404);
    }

    /** A descriptor with an error is answered by a problem, which the client reads with the place of the error. */
    private static void refused(String project, Path good, Example example) throws Exception {
        String wrong = Files.readString(good).replace("\"%s\"".formatted(SERVICE), "\"not a name\"");
        Path bad = Files.writeString(WORK.resolve("bad-%s.json".formatted(project)), wrong);

        ClientGenerator.Run refused = example.run(project, "deploy", bad.toString());

        assertThat(refused.status()).as(refused.output()).isEqualTo(1);
        JsonNode said = refused.json();
        RestClient.Answer answer =
                rest.post("/api/v1/projects/%s/graphs".formatted(project), "application/json", wrong);
        assertThat(said.path("status").asInt()).isEqualTo(answer.status()).isEqualTo(400);
        assertThat(said.path("detail").asText())
                .isEqualTo(answer.json().path("detail").asText());
        assertThat(said.at("/errors/~1hdaGraph~1services~10~1id").asText())
                .isNotEmpty()
                .isEqualTo(answer.json().at("/errors/0/message").asText());
        assertThat(rest.get(path(project)).status()).as("nothing is deployed").isEqualTo(404);
    }

    /** Each read that needs no more than a graph is answered as the classes of the client expect it. */
    private static void readEverything(String python, Map<String, String> path) throws Exception {
        String descriptor = Files.readString(ClientGenerator.EXAMPLES.resolve("graph.json"));
        assertThat(rest.post("/api/v1/projects/reads/graphs?wait=60", "application/json", descriptor)
                        .status())
                .isEqualTo(200);
        String program = Path.of("src/test/resources/clients/read_all.py")
                .toAbsolutePath()
                .toString();

        JsonNode read = CLIENTS.run(List.of(python, program, url(), token.toString(), "reads", GRAPH, SERVICE), path)
                .json();

        assertThat(read.path("failed")).isEmpty();
        assertThat(read.path("read").size()).isGreaterThan(40);
    }

    private static JsonNode operation(JsonNode told) throws Exception {
        JsonNode operation = rest.get(
                        "/api/v1/operations/" + told.path("operation").asText())
                .json();
        assertThat(operation.path("state").asText())
                .isEqualTo(told.path("state").asText());
        return operation;
    }

    private static String path(String project) {
        return "/api/v1/projects/%s/graphs/%s".formatted(project, GRAPH);
    }

    private static String url() {
        return "http://127.0.0.1:" + PORT;
    }

    /** The first one with the libraries: that of the system has those of its packages. */
    private static String python() throws Exception {
        for (String python : List.of("python3", "/usr/bin/python3")) {
            if (succeeds(
                    python, "-c", "import dateutil, pydantic, urllib3; assert pydantic.VERSION.startswith('1.')")) {
                return python;
            }
        }
        return missing("NO PYTHON 3 WITH PYDANTIC 1.10: the generated client in Python is NOT tested."
                + " apt-get install python3 python3-pydantic python3-urllib3 python3-dateutil");
    }

    private static String node() throws Exception {
        return succeeds("node", "-e", "if (typeof fetch !== 'function') process.exit(1)")
                ? "node"
                : missing("NO NODE.JS 18: the generated client in TypeScript is NOT tested. apt-get install nodejs");
    }

    private static boolean succeeds(String... command) throws InterruptedException {
        try {
            return CLIENTS.run(List.of(command)).status() == 0;
        } catch (IOException none) {
            // there is no such program, which its caller reports
            return false;
        }
    }

    private static String missing(String what) {
        System.err.println(what);
        Assumptions.abort(what);
        throw new IllegalStateException(what);
    }
}
