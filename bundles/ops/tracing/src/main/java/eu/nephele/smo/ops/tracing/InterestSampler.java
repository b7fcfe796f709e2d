// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.ops.tracing;

import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.context.Context;
import io.opentelemetry.sdk.trace.data.LinkData;
import io.opentelemetry.sdk.trace.samplers.Sampler;
import io.opentelemetry.sdk.trace.samplers.SamplingDecision;
import io.opentelemetry.sdk.trace.samplers.SamplingResult;
import java.util.List;

/**
 * Decides at the first span of a trace in this process: it is sampled (and exported), only recorded for the memory, or
 * neither. Further spans follow.
 */
final class InterestSampler implements Sampler {

    private final boolean exports;
    private final boolean keeps;
    private final Sampler ratio;

    InterestSampler(boolean exports, boolean keeps, double ratio) {
        this.exports = exports;
        this.keeps = keeps;
        this.ratio = Sampler.traceIdRatioBased(ratio);
    }

    @Override
    public SamplingResult shouldSample(
            Context parent, String traceId, String name, SpanKind kind, Attributes attributes, List<LinkData> links) {
        SpanContext above = Span.fromContext(parent).getSpanContext();
        boolean sampled = above.isValid()
                ? above.isSampled()
                : ratio.shouldSample(parent, traceId, name, kind, attributes, links)
                                .getDecision()
                        == SamplingDecision.RECORD_AND_SAMPLE;
        if (sampled && exports) {
            return SamplingResult.recordAndSample();
        }
        boolean below = Interest.find(parent).isEmpty();
        boolean kept = keeps
                && Interest.find(parent)
                        .filter(interest -> interest != Interest.READ)
                        .isPresent();
        return below || kept ? SamplingResult.recordOnly() : SamplingResult.drop();
    }

    @Override
    public String getDescription() {
        return "InterestSampler{" + ratio.getDescription() + "}";
    }
}
