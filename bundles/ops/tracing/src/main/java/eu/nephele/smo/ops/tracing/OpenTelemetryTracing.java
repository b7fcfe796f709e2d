// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.ops.tracing;

import eu.nephele.smo.api.port.CallTracer;
import eu.nephele.smo.core.contract.trace.CompletedSpan;
import eu.nephele.smo.core.contract.trace.LogFields;
import eu.nephele.smo.core.contract.trace.RecordedTraces;
import eu.nephele.smo.core.contract.trace.TraceContext;
import eu.nephele.smo.core.contract.trace.TraceSpan;
import eu.nephele.smo.core.contract.trace.Tracing;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanBuilder;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.api.trace.TraceFlags;
import io.opentelemetry.api.trace.TraceState;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.context.Context;
import io.opentelemetry.sdk.resources.Resource;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.SdkTracerProviderBuilder;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.metatype.annotations.Designate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Records spans with the SDK of OpenTelemetry. Changed configuration begins a new one; spans of the old one end in it. */
@Component(
        service = {Tracing.class, RecordedTraces.class, CallTracer.class},
        configurationPid = OpenTelemetryTracing.PID)
@Designate(ocd = TracingConfig.class)
public final class OpenTelemetryTracing implements Tracing, RecordedTraces, CallTracer {

    static final String PID = "eu.nephele.smo.ops.tracing";

    private static final Logger LOG = LoggerFactory.getLogger(OpenTelemetryTracing.class);
    private static final long END_SECONDS = 3;

    private final TraceMemory memory;
    private final GivenIds ids = new GivenIds();
    private final boolean records;
    private final SdkTracerProvider provider;
    private final Tracer tracer;

    /** @throws IllegalArgumentException when the endpoint is no URL of HTTP */
    @Activate
    public OpenTelemetryTracing(TracingConfig config) {
        boolean exports = !config.endpoint().isBlank();
        boolean keeps = config.keptTraces() > 0;
        this.records = exports || keeps;
        this.memory = new TraceMemory(config.keptTraces(), config.maxSpans());
        SdkTracerProviderBuilder builder = SdkTracerProvider.builder()
                .setIdGenerator(ids)
                .setSampler(new InterestSampler(exports, keeps, config.sampleRatio()))
                .setResource(Resource.getDefault()
                        .merge(Resource.create(
                                Attributes.of(AttributeKey.stringKey("service.name"), config.serviceName()))));
        if (keeps) {
            builder.addSpanProcessor(memory);
        }
        if (exports) {
            builder.addSpanProcessor(SpanExport.create(config));
        }
        this.provider = builder.build();
        this.tracer = provider.get("eu.nephele.smo");
        LOG.info(
                "tracing started endpoint=\"{}\" sampleRatio={} keptTraces={}",
                config.endpoint(),
                config.sampleRatio(),
                config.keptTraces());
    }

    @Deactivate
    void close() {
        provider.shutdown().join(END_SECONDS, TimeUnit.SECONDS);
    }

    @Override
    public TraceSpan request(String name, Optional<TraceContext> caller, boolean change) {
        if (!records) {
            return TraceSpan.NONE;
        }
        Context parent = caller.map(OpenTelemetryTracing::below).orElse(Context.root());
        Interest interest = change ? Interest.CHANGE : Interest.READ;
        return new RecordingSpan(tracer.spanBuilder(name)
                .setParent(interest.in(parent))
                .setSpanKind(SpanKind.SERVER)
                .startSpan());
    }

    @Override
    public TraceSpan resume(String name, TraceContext parent) {
        return records
                ? new RecordingSpan(tracer.spanBuilder(name)
                        .setParent(Interest.OPERATION.in(below(parent)))
                        .startSpan())
                : TraceSpan.NONE;
    }

    @Override
    public TraceSpan span(String name) {
        return records && Span.current().isRecording()
                ? new RecordingSpan(tracer.spanBuilder(name).startSpan())
                : TraceSpan.NONE;
    }

    @Override
    public TracedCall begin(String name) {
        return records && Span.current().isRecording()
                ? new RecordingSpan(
                        tracer.spanBuilder(name).setSpanKind(SpanKind.CLIENT).startSpan())
                : CallTracer.NONE.begin(name);
    }

    @Override
    public void keep() {
        if (records) {
            memory.keep(Span.current().getSpanContext().getTraceId());
        }
    }

    @Override
    public void completed(CompletedSpan span) {
        if (!records) {
            return;
        }
        SpanBuilder builder = tracer.spanBuilder(span.name())
                .setParent(Interest.OPERATION.in(below(span.parent())))
                .setStartTimestamp(span.startedAt());
        span.attributes().forEach(builder::setAttribute);
        Span begun = ids.with(span.context().spanId(), builder::startSpan);
        span.failure().ifPresent(reason -> begun.setStatus(StatusCode.ERROR, reason));
        begun.end(span.endedAt());
    }

    @Override
    public Optional<TraceContext> current() {
        SpanContext context = Span.current().getSpanContext();
        return records && context.isValid()
                ? Optional.of(new TraceContext(context.getTraceId(), context.getSpanId(), context.isSampled()))
                : Optional.empty();
    }

    @Override
    public <T> Callable<T> carry(Callable<T> task) {
        Callable<T> logged = LogFields.carry(task);
        Context context = Context.current();
        if (!records || !Span.fromContext(context).isRecording()) {
            return logged;
        }
        return context.wrap(logged);
    }

    @Override
    public Optional<RecordedTrace> find(String traceId) {
        return memory.find(traceId);
    }

    private static Context below(TraceContext parent) {
        TraceFlags flags = parent.sampled() ? TraceFlags.getSampled() : TraceFlags.getDefault();
        return Context.root()
                .with(Span.wrap(SpanContext.createFromRemoteParent(
                        parent.traceId(), parent.spanId(), flags, TraceState.getDefault())));
    }
}
