// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.ops.tracing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.ByteString;
import eu.nephele.smo.core.contract.trace.CompletedSpan;
import eu.nephele.smo.core.contract.trace.LogFields;
import eu.nephele.smo.core.contract.trace.RecordedTraces.RecordedSpan;
import eu.nephele.smo.core.contract.trace.TraceContext;
import eu.nephele.smo.core.contract.trace.TraceSpan;
import eu.nephele.smo.core.contract.trace.Tracing;
import io.opentelemetry.proto.trace.v1.Span;
import io.opentelemetry.proto.trace.v1.Status;
import java.io.IOException;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import org.junit.jupiter.api.Test;
import org.slf4j.MDC;

class OpenTelemetryTracingTest {

    private static final String TRACE = "4bf92f3577b34da6a3ce929d0e0e4736";
    private static final String CALLER = "00f067aa0ba902b7";
    private static final TraceContext SAMPLED = new TraceContext(TRACE, CALLER, true);
    private static final TraceContext UNSAMPLED = new TraceContext(TRACE, CALLER, false);

    private static void serve(Tracing tracing, Optional<TraceContext> caller, boolean change) {
        try (TraceSpan request = tracing.request("POST", caller, change)) {
            request.with("url.path", "/api");
            if (change) {
                tracing.keep();
            }
            tracing.within("parse", parse -> parse.with("bytes", "12"));
        }
    }

    @Test
    void theTraceOfASampledCallerIsExportedBelowItsSpan() throws IOException {
        try (PlayedReceiver receiver = new PlayedReceiver()) {
            OpenTelemetryTracing tracing = new OpenTelemetryTracing(new PlayedConfig(receiver.endpoint(), 0, 0, 100));
            serve(tracing, Optional.of(SAMPLED), false);
            tracing.close();

            Span request = span(receiver.spans(), "POST");
            Span parse = span(receiver.spans(), "parse");
            assertThat(hex(request.getTraceId())).isEqualTo(TRACE);
            assertThat(hex(request.getParentSpanId())).isEqualTo(CALLER);
            assertThat(request.getKind()).isEqualTo(Span.SpanKind.SPAN_KIND_SERVER);
            assertThat(hex(parse.getTraceId())).isEqualTo(TRACE);
            assertThat(parse.getParentSpanId()).isEqualTo(request.getSpanId());
            assertThat(parse.getAttributesList())
                    .anySatisfy(attribute -> assertThat(attribute.getKey()).isEqualTo("bytes"));
            assertThat(receiver.resources().get(0).getResource().getAttributesList())
                    .anySatisfy(attribute ->
                            assertThat(attribute.getValue().getStringValue()).isEqualTo("smo-test"));
        }
    }

    @Test
    void anUnsampledCallerIsFollowedAndTheOperationKeptAllTheSame() throws IOException {
        try (PlayedReceiver receiver = new PlayedReceiver()) {
            OpenTelemetryTracing tracing = new OpenTelemetryTracing(new PlayedConfig(receiver.endpoint(), 1, 10, 100));
            serve(tracing, Optional.of(UNSAMPLED), true);
            tracing.close();

            assertThat(receiver.spans()).isEmpty();
            assertThat(tracing.find(TRACE).orElseThrow().spans())
                    .extracting(RecordedSpan::name)
                    .containsExactly("POST", "parse");
        }
    }

    @Test
    void aboutOneOfTenTracesIsExported() throws IOException {
        try (PlayedReceiver receiver = new PlayedReceiver()) {
            OpenTelemetryTracing tracing = new OpenTelemetryTracing(new PlayedConfig(receiver.endpoint(), 0.1, 0, 100));
            for (int i = 0; i < 1_000; i++) {
                serve(tracing, Optional.empty(), false);
            }
            tracing.close();
            assertThat(receiver.spans().stream().filter(span -> span.getName().equals("POST")))
                    .hasSizeBetween(40, 200);
        }
    }

    @Test
    void withoutEndpointAndMemoryNothingIsRecordedAndNoIdIsLogged() {
        OpenTelemetryTracing tracing = new OpenTelemetryTracing(PlayedConfig.off());
        try (TraceSpan request = tracing.request("POST", Optional.of(SAMPLED), true)) {
            assertThat(request).isSameAs(TraceSpan.NONE);
            assertThat(tracing.span("parse")).isSameAs(TraceSpan.NONE);
            assertThat(tracing.current()).isEmpty();
            assertThat(MDC.get(LogFields.TRACE_ID)).isNull();
        }
        assertThat(tracing.find(TRACE)).isEmpty();
    }

    @Test
    void theLogHasTheIdsOfTheCurrentSpanAndThoseBeforeAfterIt() {
        OpenTelemetryTracing tracing = new OpenTelemetryTracing(PlayedConfig.keeping(10));
        try (TraceSpan request = tracing.request("POST", Optional.of(UNSAMPLED), true)) {
            String outer = MDC.get(LogFields.SPAN_ID);
            assertThat(MDC.get(LogFields.TRACE_ID)).isEqualTo(TRACE);
            assertThat(MDC.get(LogFields.TRACE_FLAGS)).isEqualTo("00");
            assertThat(tracing.<String>within("parse", parse -> MDC.get(LogFields.SPAN_ID)))
                    .isNotEqualTo(outer);
            assertThat(MDC.get(LogFields.SPAN_ID)).isEqualTo(outer);
            request.with("url.path", "/");
        }
        assertThat(MDC.get(LogFields.TRACE_ID)).isNull();
        assertThat(MDC.get(LogFields.SPAN_ID)).isNull();
    }

    @Test
    void aReadHasIdsForTheLogAndIsNotRecorded() {
        OpenTelemetryTracing tracing = new OpenTelemetryTracing(PlayedConfig.keeping(10));
        try (TraceSpan request = tracing.request("GET", Optional.empty(), false)) {
            assertThat(MDC.get(LogFields.TRACE_ID)).hasSize(32);
            assertThat(tracing.span("parse")).isSameAs(TraceSpan.NONE);
            request.with("url.path", "/");
        }
    }

    @Test
    void spansOfALaterProcessBelongToTheOperation() {
        OpenTelemetryTracing tracing = new OpenTelemetryTracing(PlayedConfig.keeping(10));
        TraceContext operation = new TraceContext(TRACE, "1111111111111111", false);
        try (TraceSpan pass = tracing.resume("pass", operation)) {
            tracing.within("place", place -> place.with("strategy", "greedy"));
            pass.with("graph", "p/g");
        }
        Instant start = Instant.parse("2026-01-01T00:00:00Z");
        tracing.completed(new CompletedSpan(
                "operation DEPLOY",
                operation,
                UNSAMPLED,
                start,
                start.plusSeconds(3),
                Map.of("smo.operation", "op"),
                Optional.of("no room")));

        List<RecordedSpan> spans = tracing.find(TRACE).orElseThrow().spans();
        RecordedSpan whole = recorded(spans, "operation DEPLOY");
        assertThat(whole.spanId()).isEqualTo("1111111111111111");
        assertThat(whole.parentId()).isEqualTo(CALLER);
        assertThat(whole.duration()).hasSeconds(3);
        assertThat(whole.failure()).contains("no room");
        assertThat(recorded(spans, "pass").parentId()).isEqualTo("1111111111111111");
        assertThat(recorded(spans, "place").parentId())
                .isEqualTo(recorded(spans, "pass").spanId());
    }

    @Test
    void aFailureIsTold() throws IOException {
        try (PlayedReceiver receiver = new PlayedReceiver()) {
            OpenTelemetryTracing tracing = new OpenTelemetryTracing(new PlayedConfig(receiver.endpoint(), 1, 0, 100));
            try (TraceSpan request = tracing.request("POST", Optional.empty(), true)) {
                request.with("url.path", "/");
                assertThatThrownBy(() -> tracing.within("parse", parse -> {
                            throw new IllegalStateException("broken");
                        }))
                        .hasMessage("broken");
            }
            tracing.close();
            Status status = span(receiver.spans(), "parse").getStatus();
            assertThat(status.getCode()).isEqualTo(Status.StatusCode.STATUS_CODE_ERROR);
            assertThat(status.getMessage()).contains("broken");
        }
    }

    @Test
    void aTaskOfAnotherThreadIsBelowTheSpanThatBeganIt() throws Exception {
        OpenTelemetryTracing tracing = new OpenTelemetryTracing(PlayedConfig.keeping(10));
        ScheduledExecutorService other = Executors.newSingleThreadScheduledExecutor();
        try (TraceSpan request = tracing.request("POST", Optional.of(UNSAMPLED), true)) {
            tracing.keep();
            String logged = other.submit(tracing.carry(() -> {
                        try (TraceSpan work = tracing.span("work")) {
                            work.with("a", "b");
                            return MDC.get(LogFields.TRACE_ID);
                        }
                    }))
                    .get();
            assertThat(logged).isEqualTo(TRACE);
            assertThat(other.submit(() -> MDC.get(LogFields.TRACE_ID)).get()).isNull();
            request.with("url.path", "/");
        } finally {
            other.shutdownNow();
        }
        List<RecordedSpan> spans = tracing.find(TRACE).orElseThrow().spans();
        assertThat(recorded(spans, "work").parentId())
                .isEqualTo(recorded(spans, "POST").spanId());
    }

    @Test
    void aDetachedSpanEndsInAnotherThread() throws Exception {
        OpenTelemetryTracing tracing = new OpenTelemetryTracing(PlayedConfig.keeping(10));
        TraceSpan request = tracing.request("POST", Optional.of(UNSAMPLED), true);
        tracing.keep();
        request.detach();
        assertThat(tracing.current()).isEmpty();
        CompletableFuture.runAsync(request::close).get();
        assertThat(tracing.find(TRACE).orElseThrow().spans())
                .extracting(RecordedSpan::name)
                .containsExactly("POST");
    }

    @Test
    void theMemoryIsBoundedAndHasOperationsOnly() {
        OpenTelemetryTracing tracing = new OpenTelemetryTracing(new PlayedConfig("", 0, 2, 3));
        for (int i = 1; i <= 3; i++) {
            TraceContext caller = new TraceContext("%032x".formatted(i), CALLER, false);
            try (TraceSpan request = tracing.request("POST", Optional.of(caller), true)) {
                tracing.keep();
                for (int span = 0; span < 5; span++) {
                    tracing.within("step", step -> step.with("a", "b"));
                }
                request.with("url.path", "/");
            }
        }
        assertThat(tracing.find("%032x".formatted(1))).isEmpty();
        assertThat(tracing.find("%032x".formatted(3)).orElseThrow().spans()).hasSize(3);
        assertThat(tracing.find("%032x".formatted(3)).orElseThrow().dropped()).isEqualTo(3);

        tracing.request("POST", Optional.of(SAMPLED), true).close();
        assertThat(tracing.find(TRACE)).as("no operation began in it").isEmpty();
        assertThat(tracing.find("%032x".formatted(3))).isPresent();
    }

    @Test
    void aReceiverThatIsAwayKeepsNobodyWaiting() {
        OpenTelemetryTracing tracing =
                new OpenTelemetryTracing(new PlayedConfig("http://127.0.0.1:1/v1/traces", 1, 10, 100));
        serve(tracing, Optional.of(SAMPLED), true);
        tracing.close();
        assertThat(tracing.find(TRACE)).isPresent();
    }

    private static Span span(List<Span> spans, String name) {
        return spans.stream()
                .filter(span -> span.getName().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private static RecordedSpan recorded(List<RecordedSpan> spans, String name) {
        return spans.stream()
                .filter(span -> span.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private static String hex(ByteString id) {
        return HexFormat.of().formatHex(id.toByteArray());
    }
}
