// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.adapters.helm;

import io.fabric8.kubernetes.client.http.BasicBuilder;
import io.fabric8.kubernetes.client.http.HttpRequest;
import io.fabric8.kubernetes.client.http.Interceptor;

/** Hands the trace of the caller on to the API server. */
record HelmTraceInterceptor() implements Interceptor {

    @Override
    public void before(BasicBuilder builder, HttpRequest request, RequestTags tags) {
        HelmTraceHeader.value().ifPresent(context -> builder.setHeader(HelmTraceHeader.NAME, context));
    }
}
