// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.resilience;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import eu.nephele.smo.api.port.AdapterException;
import eu.nephele.smo.api.port.AdapterException.Kind;
import eu.nephele.smo.api.port.ArtifactRepository;
import eu.nephele.smo.core.contract.trace.SpanRecorder;
import eu.nephele.smo.core.contract.trace.SpanRecorder.Ended;
import eu.nephele.smo.core.contract.trace.TraceSpan;
import java.time.Clock;
import java.util.Optional;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Each call of an outside system is a span of its caller's trace. */
class TracedCallsTest {

    private final SpanRecorder spans = new SpanRecorder();
    private final SystemGuards guards =
            new SystemGuards(Settings.limits("attempts", 1), Clock.systemUTC(), System::nanoTime, spans);
    private Supplier<String> behaviour = () -> "fine";
    private final ArtifactRepository port = guards.guard(
            ArtifactRepository.class,
            reference -> new ArtifactRepository.FetchedDescriptor(behaviour.get(), "sha256:0"),
            "registry");

    @AfterEach
    void close() {
        guards.close();
    }

    @Test
    void aCallIsASpanBelowTheCurrentOneAndCurrentForTheAdapter() {
        behaviour = () -> spans.current().orElseThrow().spanId();
        String inside;
        try (TraceSpan request = spans.request("GET", Optional.empty(), false)) {
            request.with("a", "b");
            inside = port.descriptor("oci://here/graph").content();
        }
        Ended call = spans.ended("ArtifactRepository.descriptor").get(0);
        assertThat(call.id()).isEqualTo(inside);
        assertThat(call.parent()).isEqualTo(spans.ended("GET").get(0).id());
        assertThat(call.attributes()).containsEntry("smo.system", "registry");
        assertThat(call.failure()).isEmpty();
    }

    @Test
    void aFailureIsInItsSpan() {
        behaviour = () -> {
            throw new AdapterException(Kind.REFUSED, "registry", "no access");
        };
        try (TraceSpan request = spans.request("GET", Optional.empty(), false)) {
            request.with("a", "b");
            assertThatThrownBy(() -> port.descriptor("oci://here/graph")).isInstanceOf(AdapterException.class);
        }
        assertThat(spans.ended("ArtifactRepository.descriptor").get(0).failure())
                .contains("REFUSED: no access");
    }

    @Test
    void aCallOfNobodyHasNone() {
        port.descriptor("oci://here/graph");
        assertThat(spans.ended()).isEmpty();
    }
}
