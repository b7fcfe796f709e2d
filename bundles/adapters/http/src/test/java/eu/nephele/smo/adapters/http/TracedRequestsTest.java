// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.adapters.http;

import static eu.nephele.smo.adapters.http.Opened.READ;
import static eu.nephele.smo.adapters.http.Opened.settings;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import eu.nephele.smo.api.port.AdapterException;
import eu.nephele.smo.api.port.CallTracer;
import eu.nephele.smo.api.port.http.HttpSettings;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.slf4j.MDC;

/** Requests carry the trace of their caller, and are spans of it. */
class TracedRequestsTest {

    private static final String TRACE = "4bf92f3577b34da6a3ce929d0e0e4736";

    private final List<String> told = new CopyOnWriteArrayList<>();

    @AfterEach
    void clear() {
        MDC.clear();
    }

    private JdkHttpSystem system(HttpSettings settings) {
        return new JdkHttpSystem(
                CheckedSettings.of(settings, Path.of("")), new SecretReferences(), () -> this::begin, closed -> {});
    }

    private CallTracer.TracedCall begin(String name) {
        told.add(name);
        MDC.put("span_id", "1111111111111111");
        return new CallTracer.TracedCall() {
            @Override
            public CallTracer.TracedCall with(String key, String value) {
                told.add(key + "=" + value);
                return this;
            }

            @Override
            public void failed(String reason) {
                told.add("failed " + reason);
            }

            @Override
            public void close() {
                told.add("closed");
            }
        };
    }

    @Test
    void aRequestIsASpanWhoseContextItCarriesAndWhichHasNoQuery() throws IOException {
        MDC.put("trace_id", TRACE);
        MDC.put("trace_flags", "01");
        try (RawServer server = RawServer.answering(200, Map.of("Content-Type", "application/json"), "{}");
                JdkHttpSystem system = system(settings(server.url()))) {
            system.send(READ);
            assertThat(server.heads().get(0)).contains("traceparent: 00-" + TRACE + "-1111111111111111-01");
        }
        assertThat(told)
                .containsExactly(
                        "HTTP GET",
                        "server.address=127.0.0.1",
                        "url.path=/api/things",
                        "http.response.status_code=200",
                        "closed");
    }

    @Test
    void aFailureIsInTheSpan() throws IOException {
        try (RawServer server = RawServer.answering(503, Map.of(), "");
                JdkHttpSystem system = system(settings(server.url()))) {
            assertThatThrownBy(() -> system.send(READ)).isInstanceOf(AdapterException.class);
        }
        assertThat(told)
                .anySatisfy(line -> assertThat(line).startsWith("failed UNAVAILABLE"))
                .last()
                .isEqualTo("closed");
    }

    @Test
    void withoutATraceThereIsNoHeader() throws IOException {
        try (RawServer server = RawServer.answering(200, Map.of("Content-Type", "application/json"), "{}");
                JdkHttpSystem system = system(settings(server.url()))) {
            system.send(READ);
            assertThat(server.heads().get(0)).noneMatch(line -> line.startsWith("traceparent"));
        }
    }
}
