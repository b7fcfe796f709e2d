// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.contract.trace;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.MDC;

/** Records spans without OpenTelemetry, for tests of those that begin them. */
public final class SpanRecorder implements Tracing {

    /**
     * @param fields of the log when it ended
     * @param parent id of the span above it, "" for none
     */
    public record Ended(
            String name,
            String id,
            String parent,
            Map<String, String> attributes,
            Optional<String> failure,
            Map<String, String> fields) {}

    private final List<Ended> ended = new CopyOnWriteArrayList<>();
    private final ThreadLocal<Deque<TraceContext>> current = ThreadLocal.withInitial(ArrayDeque::new);
    private final AtomicLong numbers = new AtomicLong();
    private final AtomicLong kept = new AtomicLong();

    public List<Ended> ended() {
        return List.copyOf(ended);
    }

    public List<Ended> ended(String name) {
        return ended.stream().filter(span -> span.name().equals(name)).toList();
    }

    public long kept() {
        return kept.get();
    }

    @Override
    public TraceSpan request(String name, Optional<TraceContext> caller, boolean change) {
        return new Recorded(
                name,
                caller.map(TraceContext::traceId).orElse("%032x".formatted(numbers.incrementAndGet())),
                caller.map(TraceContext::spanId).orElse(""));
    }

    @Override
    public TraceSpan resume(String name, TraceContext parent) {
        return new Recorded(name, parent.traceId(), parent.spanId());
    }

    @Override
    public TraceSpan span(String name) {
        TraceContext above = current.get().peek();
        return above == null ? TraceSpan.NONE : new Recorded(name, above.traceId(), above.spanId());
    }

    @Override
    public void keep() {
        kept.incrementAndGet();
    }

    @Override
    public void completed(CompletedSpan span) {
        ended.add(new Ended(
                span.name(),
                span.context().spanId(),
                span.parent().spanId(),
                span.attributes(),
                span.failure(),
                Map.of()));
    }

    @Override
    public Optional<TraceContext> current() {
        return Optional.ofNullable(current.get().peek());
    }

    @Override
    public <T> Callable<T> carry(Callable<T> task) {
        Optional<TraceContext> above = current();
        Callable<T> logged = LogFields.carry(task);
        return () -> {
            above.ifPresent(context -> current.get().push(context));
            try {
                return logged.call();
            } finally {
                above.ifPresent(context -> current.get().pop());
            }
        };
    }

    private final class Recorded implements TraceSpan {

        private final TraceContext context;
        private final String parent;
        private final Map<String, String> attributes = new HashMap<>();
        private String name;
        private Optional<String> failure = Optional.empty();
        private boolean attached = true;

        private Recorded(String name, String traceId, String parent) {
            this.name = name;
            this.parent = parent;
            this.context = new TraceContext(traceId, "%016x".formatted(numbers.incrementAndGet()), false);
            current.get().push(context);
        }

        @Override
        public TraceSpan with(String key, String value) {
            attributes.put(key, value);
            return this;
        }

        @Override
        public void rename(String other) {
            name = other;
        }

        @Override
        public void failed(String reason) {
            failure = Optional.of(reason);
        }

        @Override
        public void detach() {
            if (attached) {
                attached = false;
                current.get().pop();
            }
        }

        @Override
        public void close() {
            detach();
            Map<String, String> fields = MDC.getCopyOfContextMap();
            ended.add(new Ended(
                    name,
                    context.spanId(),
                    parent,
                    Map.copyOf(attributes),
                    failure,
                    fields == null ? Map.of() : Map.copyOf(fields)));
        }
    }
}
