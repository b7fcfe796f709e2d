// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.adapters.helm;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.client.http.BasicBuilder;
import io.fabric8.kubernetes.client.http.StandardHttpRequest;
import java.net.URI;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.slf4j.MDC;

class HelmTraceInterceptorTest {

    private final Map<String, String> headers = new HashMap<>();

    @AfterEach
    void clear() {
        MDC.clear();
    }

    private void intercept() {
        new HelmTraceInterceptor()
                .before(
                        new BasicBuilder() {
                            @Override
                            public BasicBuilder uri(URI uri) {
                                return this;
                            }

                            @Override
                            public BasicBuilder header(String key, String value) {
                                return setHeader(key, value);
                            }

                            @Override
                            public BasicBuilder setHeader(String key, String value) {
                                headers.put(key, value);
                                return this;
                            }
                        },
                        new StandardHttpRequest.Builder()
                                .uri("http://127.0.0.1/")
                                .build(),
                        null);
    }

    @Test
    void aRequestCarriesTheTraceOfItsCaller() {
        MDC.put("trace_id", "4bf92f3577b34da6a3ce929d0e0e4736");
        MDC.put("span_id", "00f067aa0ba902b7");
        MDC.put("trace_flags", "01");
        intercept();
        assertThat(headers).containsEntry("traceparent", "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01");
    }

    @Test
    void withoutATraceNothingIsAdded() {
        intercept();
        assertThat(headers).isEmpty();
    }
}
