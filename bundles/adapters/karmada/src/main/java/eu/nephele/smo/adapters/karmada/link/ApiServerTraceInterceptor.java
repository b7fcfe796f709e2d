// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.adapters.karmada.link;

import io.fabric8.kubernetes.client.http.BasicBuilder;
import io.fabric8.kubernetes.client.http.HttpRequest;
import io.fabric8.kubernetes.client.http.Interceptor;
import org.slf4j.MDC;

/** Hands the trace of the caller on to an API server: the W3C {@code traceparent} of the span that is current in its thread. */
record ApiServerTraceInterceptor() implements Interceptor {

    @Override
    public void before(BasicBuilder builder, HttpRequest request, RequestTags tags) {
        String trace = MDC.get("trace_id");
        String span = MDC.get("span_id");
        if (trace != null && span != null) {
            builder.setHeader("traceparent", "00-%s-%s-%s".formatted(trace, span, MDC.get("trace_flags")));
        }
    }
}
