// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.access.rest.v1;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import eu.nephele.smo.api.runtime.Operation;
import eu.nephele.smo.core.contract.trace.OperationTrace;
import eu.nephele.smo.core.contract.trace.RecordedTraces.RecordedSpan;
import eu.nephele.smo.core.contract.trace.RecordedTraces.RecordedTrace;
import eu.nephele.smo.core.contract.trace.TraceContext;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** The trace of an operation in the form of the REST API. */
final class TraceJson {

    private static final int NANOS_PER_MILLI_DIGITS = 6;

    private TraceJson() {}

    static ObjectNode whole(Operation operation, RecordedTrace trace) {
        ObjectNode node = JsonNodeFactory.instance
                .objectNode()
                .put("operation", operation.id())
                .put("state", operation.state().name())
                .put("traceId", trace.traceId())
                .put("dropped", trace.dropped());
        ArrayNode spans = node.putArray("spans");
        derived(operation, trace).ifPresent(spans::add);
        own(operation, trace).forEach(span -> spans.add(finished(span)));
        return node;
    }

    /**
     * The span of its request and what is below it. A caller says itself which trace a request belongs to: others in the same one may be
     * about what is not for everybody who sees this operation.
     */
    private static List<RecordedSpan> own(Operation operation, RecordedTrace trace) {
        Set<String> within = new HashSet<>();
        TraceContext.parse(operation.origin().traceParent())
                .map(TraceContext::spanId)
                .ifPresent(within::add);
        OperationTrace.context(operation).map(TraceContext::spanId).ifPresent(within::add);
        boolean grown = true;
        while (grown) {
            grown = false;
            for (RecordedSpan span : trace.spans()) {
                grown |= within.contains(span.parentId()) && within.add(span.spanId());
            }
        }
        return trace.spans().stream()
                .filter(span -> within.contains(span.spanId()))
                .toList();
    }

    private static ObjectNode finished(RecordedSpan span) {
        ObjectNode node = begun(span.spanId(), span.parentId(), span.name())
                .put("startedAt", span.startedAt().toString())
                .put("durationMillis", BigDecimal.valueOf(span.duration().toNanos(), NANOS_PER_MILLI_DIGITS))
                .put("failure", span.failure().orElse(null));
        ObjectNode attributes = node.putObject("attributes");
        new TreeMap<>(span.attributes()).forEach(attributes::put);
        return node;
    }

    /**
     * The span of an operation is recorded at its end; until then, and where its bundle records none, it is derived from the
     * operation.
     */
    private static Optional<ObjectNode> derived(Operation operation, RecordedTrace trace) {
        String parent = TraceContext.parse(operation.origin().traceParent())
                .map(TraceContext::spanId)
                .orElse("");
        return OperationTrace.context(operation)
                .map(TraceContext::spanId)
                .filter(own ->
                        trace.spans().stream().noneMatch(span -> span.spanId().equals(own)))
                .map(own -> {
                    ObjectNode node = begun(own, parent, "operation " + operation.kind())
                            .put("startedAt", operation.createdAt().toString())
                            .put("durationMillis", duration(operation).orElse(null))
                            .putNull("failure");
                    node.putObject("attributes").put("smo.operation", operation.id());
                    return node;
                });
    }

    private static Optional<BigDecimal> duration(Operation operation) {
        return operation
                .finishedAt()
                .map(end -> Duration.between(operation.createdAt(), end).toNanos())
                .map(nanos -> BigDecimal.valueOf(nanos, NANOS_PER_MILLI_DIGITS));
    }

    private static ObjectNode begun(String spanId, String parentId, String name) {
        return JsonNodeFactory.instance
                .objectNode()
                .put("spanId", spanId)
                .put("parentId", parentId.isEmpty() ? null : parentId)
                .put("name", name);
    }
}
