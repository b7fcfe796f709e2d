// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.itests;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.google.protobuf.ByteString;
import io.opentelemetry.proto.trace.v1.Span;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;

/** One deployment is one trace, from the request to the deployer: exported, shown, logged, and told with events and decisions. */
class TracingIT {

    private static final String PID = "eu.nephele.smo.ops.tracing";
    private static final JsonMapper JSON = new JsonMapper();
    private static final long PATIENCE_SECONDS = 60;
    private static final String TRACE = "4bf92f3577b34da6a3ce929d0e0e4736";
    private static final String CALLER = "00f067aa0ba902b7";
    private static final String GRAPHS = "/api/v1/projects/traced/graphs";

    /** Begins a deployment, and returns its operation when it has succeeded. */
    private static String deployed(RestClient client, String graph, String... headers) throws Exception {
        RestClient.Answer accepted = client.call(
                "POST", GRAPHS, Descriptors.graph(graph, Descriptors.service("a"), Descriptors.service("b")), headers);
        assertThat(accepted.status()).as(accepted.text()).isEqualTo(202);
        String id = accepted.json().path("id").asText();
        Eventually.within(
                PATIENCE_SECONDS,
                () -> client.get("/api/v1/operations/" + id).json(),
                operation -> assertThat(operation.path("state").asText()).isEqualTo("SUCCEEDED"));
        return id;
    }

    private static Settings world() {
        return Settings.fresh().world(new int[] {8, 8});
    }

    @Test
    void anAsynchronousDeploymentIsOneTraceWithItsStagesInTheRightPlaces() throws Exception {
        try (OtlpReceiver backend = new OtlpReceiver()) {
            Path data = world().with(PID, "endpoint=" + backend.endpoint(), "exportIntervalMillis=200")
                    .data();
            int port = Distribution.freePort();
            try (ServerProcess server = ServerProcess.ready(port, data)) {
                assertThat(server.processId()).isPositive();
                RestClient client = new RestClient(port);
                String operation = deployed(client, "one", "traceparent", "00-%s-%s-01".formatted(TRACE, CALLER));

                // a look at what runs may follow the deployment in its trace, and is exported after its parts
                Eventually.within(PATIENCE_SECONDS, () -> shown(client, operation), TracingIT::stagesAreNested);
                Eventually.within(
                        PATIENCE_SECONDS,
                        () -> backend.spans().stream()
                                .filter(span -> hex(span.getTraceId()).equals(TRACE))
                                .map(TracingIT::place)
                                .toList(),
                        TracingIT::stagesAreNested);
                eventsAndDecisionsAreLinked(client);
                logLinesHaveTheIds(data, operation);
                aProblemHasTheTrace(client);
                assertThat(tree(port, operation))
                        .contains("trace " + TRACE, "└─ operation DEPLOY", "─ pass", "─ place", "─ ledger", "─ apply");
            }
        }
    }

    private record Place(String name, String id, String parent) {}

    private static Place place(Span span) {
        return new Place(span.getName(), hex(span.getSpanId()), hex(span.getParentSpanId()));
    }

    private static String hex(ByteString id) {
        return HexFormat.of().formatHex(id.toByteArray());
    }

    private static List<Place> shown(RestClient client, String operation) throws Exception {
        JsonNode trace =
                client.get("/api/v1/operations/%s/trace".formatted(operation)).json();
        assertThat(trace.path("traceId").asText()).isEqualTo(TRACE);
        return StreamSupport.stream(trace.path("spans").spliterator(), false)
                .map(span -> new Place(
                        span.path("name").asText(),
                        span.path("spanId").asText(),
                        span.path("parentId").asText("")))
                .toList();
    }

    private static void stagesAreNested(List<Place> spans) {
        Map<String, Place> byId = spans.stream().collect(Collectors.toMap(Place::id, Function.identity()));
        List<Place> roots =
                spans.stream().filter(span -> !byId.containsKey(span.parent())).toList();
        assertThat(roots).as("roots of %s", spans).hasSize(1);
        assertThat(roots.get(0).parent()).isEqualTo(CALLER);
        assertThat(roots.get(0).name()).startsWith("POST ");
        String request = roots.get(0).name();
        assertThat(spans)
                .extracting(span -> path(span, byId))
                .contains(
                        request + " > parse",
                        request + " > operation DEPLOY > pass > translate",
                        request + " > operation DEPLOY > pass > ledger",
                        request + " > operation DEPLOY > pass > apply > WorkloadDeployer.ensureInstalled")
                .anyMatch(path -> path.matches(".* > operation DEPLOY > pass > place > placement \\S+"));
    }

    private static String path(Place span, Map<String, Place> byId) {
        return Optional.ofNullable(byId.get(span.parent()))
                .map(above -> path(above, byId) + " > " + span.name())
                .orElse(span.name());
    }

    private static void eventsAndDecisionsAreLinked(RestClient client) throws Exception {
        JsonNode events = client.get("/api/v1/events?project=traced").json();
        assertThat(events.toString()).contains("\"traceparent\":\"00-" + TRACE + "-");
        NativeApi api = new NativeApi(client, "traced");
        List<String> traces = new ArrayList<>();
        for (JsonNode decision : api.decisions("one")) {
            traces.add(api.decision("one", decision.path("id").asText())
                    .at("/details/traceId")
                    .asText());
        }
        // later ones, by the look at what runs, belong to no request
        assertThat(traces).contains(TRACE);
        assertThat(client.get(GRAPHS + "/one").status()).isEqualTo(200);
    }

    private static void logLinesHaveTheIds(Path data, String operation) throws IOException {
        List<JsonNode> installed = log(data).stream()
                .filter(line -> line.path("formattedMessage").asText().startsWith("release installed"))
                .toList();
        assertThat(installed).hasSize(2).allSatisfy(line -> {
            JsonNode fields = line.path("mdc");
            assertThat(fields.path("trace_id").asText()).isEqualTo(TRACE);
            assertThat(fields.path("span_id").asText()).hasSize(16);
            assertThat(fields.path("correlationId").asText()).isNotEmpty();
            assertThat(fields.path("project").asText()).isEqualTo("traced");
            assertThat(fields.path("graph").asText()).isEqualTo("traced/one");
            assertThat(fields.path("service").asText()).isIn("a", "b");
            assertThat(fields.path("operation").asText()).isEqualTo(operation);
            assertThat(fields.path("stage").asText()).isEqualTo("apply");
        });
    }

    private static List<JsonNode> log(Path data) throws IOException {
        return Files.readAllLines(data.resolve("log/smo.log")).stream()
                .map(line -> {
                    try {
                        return JSON.readTree(line);
                    } catch (IOException broken) {
                        throw new AssertionError(line, broken);
                    }
                })
                .toList();
    }

    private static void aProblemHasTheTrace(RestClient client) throws Exception {
        RestClient.Answer problem =
                client.call("GET", GRAPHS + "/none", "", "traceparent", "00-%s-%s-00".formatted(TRACE, CALLER));
        assertThat(problem.status()).isEqualTo(404);
        assertThat(problem.json().path("traceId").asText()).isEqualTo(TRACE);
    }

    private static String tree(int port, String operation) throws Exception {
        Process command = new ProcessBuilder(
                        Distribution.HOME.resolve("smo").toString(),
                        "operation",
                        "show",
                        operation,
                        "--trace",
                        "--port",
                        Integer.toString(port))
                .redirectErrorStream(true)
                .start();
        String output = new String(command.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        Files.writeString(Distribution.workFile("trace-tree.txt"), output);
        assertThat(command.waitFor()).as(output).isZero();
        return output;
    }

    @Test
    void nothingIsExportedRecordedOrLoggedWhenItIsOff() throws Exception {
        try (OtlpReceiver backend = new OtlpReceiver()) {
            Path data = world().with(PID, "keptTraces=0").data();
            int port = Distribution.freePort();
            try (ServerProcess server = ServerProcess.ready(port, data)) {
                assertThat(server.processId()).isPositive();
                RestClient client = new RestClient(port);
                String operation = deployed(client, "one", "traceparent", "00-%s-%s-01".formatted(TRACE, CALLER));
                assertThat(client.get("/api/v1/operations/%s/trace".formatted(operation))
                                .status())
                        .isEqualTo(404);
                assertThat(log(data))
                        .noneMatch(line -> line.path("mdc").has("trace_id"))
                        .anySatisfy(line ->
                                assertThat(line.at("/mdc/operation").asText()).isEqualTo(operation));
            }
            assertThat(backend.spans()).isEmpty();
        }
    }
}
