// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.ops.tracing;

import eu.nephele.smo.core.contract.trace.RecordedTraces;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.context.Context;
import io.opentelemetry.sdk.trace.ReadWriteSpan;
import io.opentelemetry.sdk.trace.ReadableSpan;
import io.opentelemetry.sdk.trace.SpanProcessor;
import io.opentelemetry.sdk.trace.data.SpanData;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** The latest traces in which an operation began. */
final class TraceMemory implements SpanProcessor, RecordedTraces {

    private static final class KeptTrace {
        private final List<SpanData> spans = new ArrayList<>();
        /** Span of the request, with whose end the trace is forgotten unless an operation has begun. */
        private final String request;

        private boolean ofOperation;
        private int dropped;

        private KeptTrace(String request, boolean ofOperation) {
            this.request = request;
            this.ofOperation = ofOperation;
        }
    }

    private final int maxTraces;
    private final int maxSpans;
    /** In the order of their beginning; guarded by itself. */
    private final Map<String, KeptTrace> traces = new LinkedHashMap<>();

    TraceMemory(int maxTraces, int maxSpans) {
        this.maxTraces = maxTraces;
        this.maxSpans = maxSpans;
    }

    void keep(String traceId) {
        synchronized (traces) {
            KeptTrace trace = traces.get(traceId);
            if (trace != null) {
                trace.ofOperation = true;
            }
        }
    }

    @Override
    public void onStart(Context parent, ReadWriteSpan span) {
        Interest.find(parent).filter(interest -> interest != Interest.READ).ifPresent(interest -> {
            synchronized (traces) {
                traces.computeIfAbsent(
                        span.getSpanContext().getTraceId(),
                        id -> new KeptTrace(span.getSpanContext().getSpanId(), interest == Interest.OPERATION));
                forgetOldest();
            }
        });
    }

    private void forgetOldest() {
        Iterator<KeptTrace> oldest = traces.values().iterator();
        while (traces.size() > maxTraces) {
            oldest.next();
            oldest.remove();
        }
    }

    @Override
    public boolean isStartRequired() {
        return true;
    }

    @Override
    public void onEnd(ReadableSpan span) {
        String traceId = span.getSpanContext().getTraceId();
        synchronized (traces) {
            KeptTrace trace = traces.get(traceId);
            if (trace == null) {
                return;
            }
            if (!trace.ofOperation && trace.request.equals(span.getSpanContext().getSpanId())) {
                traces.remove(traceId);
            } else if (trace.spans.size() < maxSpans) {
                trace.spans.add(span.toSpanData());
            } else {
                trace.dropped++;
            }
        }
    }

    @Override
    public boolean isEndRequired() {
        return true;
    }

    @Override
    public Optional<RecordedTrace> find(String traceId) {
        synchronized (traces) {
            return Optional.ofNullable(traces.get(traceId))
                    .map(trace -> new RecordedTrace(
                            traceId,
                            trace.spans.stream()
                                    .map(TraceMemory::recorded)
                                    .sorted(Comparator.comparing(RecordedSpan::startedAt))
                                    .toList(),
                            trace.dropped));
        }
    }

    private static RecordedSpan recorded(SpanData span) {
        return new RecordedSpan(
                span.getSpanId(),
                span.getParentSpanContext().isValid() ? span.getParentSpanId() : "",
                span.getName(),
                Instant.ofEpochSecond(0, span.getStartEpochNanos()),
                Duration.ofNanos(span.getEndEpochNanos() - span.getStartEpochNanos()),
                span.getAttributes().asMap().entrySet().stream()
                        .collect(Collectors.toMap(
                                attribute -> attribute.getKey().getKey(),
                                attribute -> attribute.getValue().toString())),
                span.getStatus().getStatusCode() == StatusCode.ERROR
                        ? Optional.of(span.getStatus().getDescription())
                        : Optional.empty());
    }
}
