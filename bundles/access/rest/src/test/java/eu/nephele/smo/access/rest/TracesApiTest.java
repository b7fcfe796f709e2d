// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.access.rest;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import eu.nephele.smo.core.contract.trace.RecordedTraces.RecordedSpan;
import eu.nephele.smo.core.contract.trace.RecordedTraces.RecordedTrace;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The trace of an operation, without any backend. */
final class TracesApiTest {

    private static final String TRACE = "4bf92f3577b34da6a3ce929d0e0e4736";
    private static final String REQUEST = "00f067aa0ba902b7";
    private static final String OPERATION = "/api/v1/operations/op-001";

    private final Api api = new Api();

    @AfterEach
    void stop() {
        api.close();
    }

    private void recorded(RecordedSpan... spans) {
        api.platform.traces = traceId ->
                traceId.equals(TRACE) ? Optional.of(new RecordedTrace(TRACE, List.of(spans), 2)) : Optional.empty();
    }

    private static RecordedSpan span(String id, String parent, Optional<String> failure) {
        return new RecordedSpan(
                id,
                parent,
                "POST",
                Instant.parse("2026-01-01T00:00:00Z"),
                Duration.ofMillis(7),
                Map.of("url.path", "/api"),
                failure);
    }

    @Test
    void theSpansAreShownWithThatOfTheOperation() {
        api.graphs.operations.traceParent = "00-" + TRACE + "-" + REQUEST + "-01";
        api.post("/api/v1/projects/demo/graphs", Samples.HELLO);
        recorded(span(REQUEST, "", Optional.of("no")));

        JsonNode trace = api.get(OPERATION + "/trace").json();

        assertThat(trace.path("traceId").asText()).isEqualTo(TRACE);
        assertThat(trace.path("dropped").asInt()).isEqualTo(2);
        JsonNode operation = trace.path("spans").get(0);
        assertThat(operation.path("name").asText()).isEqualTo("operation DEPLOY");
        assertThat(operation.path("parentId").asText()).isEqualTo(REQUEST);
        assertThat(operation.path("durationMillis").isNumber()).as("it is over").isTrue();
        JsonNode request = trace.path("spans").get(1);
        assertThat(request.path("durationMillis").asInt()).isEqualTo(7);
        assertThat(request.path("failure").asText()).isEqualTo("no");
        assertThat(request.path("parentId").isNull()).isTrue();
        assertThat(api.get(OPERATION).json().path("traceId").asText()).isEqualTo(TRACE);

        recorded(span(operation.path("spanId").asText(), REQUEST, Optional.empty()));
        assertThat(api.get(OPERATION + "/trace").json().path("spans"))
                .as("it has ended")
                .hasSize(1);
    }

    /** The caller of another request said that it belongs to the same trace. */
    @Test
    void spansOfOtherRequestsAreNotShown() {
        api.graphs.operations.traceParent = "00-" + TRACE + "-" + REQUEST + "-01";
        api.post("/api/v1/projects/demo/graphs", Samples.HELLO);
        recorded(
                span("00000000000000c1", "00000000000000b1", Optional.empty()),
                span("00000000000000b1", REQUEST, Optional.empty()),
                span(REQUEST, "00000000000000aa", Optional.empty()),
                span("00000000000000d1", "00000000000000aa", Optional.empty()),
                span("00000000000000d2", "00000000000000d1", Optional.empty()));

        assertThat(api.get(OPERATION + "/trace").json().path("spans").findValuesAsText("spanId"))
                .contains("00000000000000c1", "00000000000000b1", REQUEST)
                .doesNotContain("00000000000000d1", "00000000000000d2")
                .hasSize(4);
    }

    @Test
    void whatIsNotKeptIsNotFoundAndTheAnswerSaysWhy() {
        api.post("/api/v1/projects/demo/graphs", Samples.HELLO);
        Api.Answer answer = api.get(OPERATION + "/trace");
        assertThat(answer.status()).isEqualTo(404);
        assertThat(answer.json().path("detail").asText()).contains("keptTraces");
        assertThat(api.get("/api/v1/operations/none/trace").status()).isEqualTo(404);
    }
}
