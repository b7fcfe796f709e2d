// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.adapters.helm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import eu.nephele.smo.adapters.helm.worker.Frame;
import eu.nephele.smo.api.port.AdapterException;
import eu.nephele.smo.api.port.CallTracer;
import eu.nephele.smo.api.port.OwnerFence;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.slf4j.MDC;

/** Each call of Helm is a span, whose context its worker gets. */
class TracedHelmTest {

    private final List<String> told = new CopyOnWriteArrayList<>();
    private Frame answer = new Frame(1, Frame.DONE, Map.of(Frame.OUTPUT, "fine"));

    @AfterEach
    void clear() {
        MDC.clear();
    }

    private HelmClient client() {
        HelmCalls calls = new HelmCalls() {
            @Override
            public QueuedHelmCall begin(String word, Map<String, String> texts, Duration limit) {
                told.add(word + " " + HelmTraceHeader.value().orElse("untraced"));
                return new QueuedHelmCall(
                        CompletableFuture.completedFuture(answer), CompletableFuture.completedFuture(null));
            }

            @Override
            public QueuedHelmCall change(String word, Map<String, String> texts, Duration limit) {
                return begin(word, texts, limit);
            }
        };
        return new HelmClient(calls, Duration.ofSeconds(5), new OwnerFence("helm"), () -> this::traced);
    }

    private CallTracer.TracedCall traced(String name) {
        told.add("begin " + name);
        MDC.put("trace_id", "4bf92f3577b34da6a3ce929d0e0e4736");
        MDC.put("span_id", "1111111111111111");
        return new CallTracer.TracedCall() {
            @Override
            public CallTracer.TracedCall with(String key, String value) {
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
    void theWorkerIsCalledWithinTheSpan() {
        assertThat(client().read("template", "Render", Map.of())).isEqualTo("fine");
        assertThat(told)
                .containsExactly(
                        "begin helm template",
                        "template 00-4bf92f3577b34da6a3ce929d0e0e4736-1111111111111111-00",
                        "closed");
    }

    @Test
    void aFailureIsInTheSpan() {
        answer = new Frame(1, Frame.FAILED, Map.of(Frame.MESSAGE, "no such chart"));
        assertThatThrownBy(() -> client().read("values", "Read values", Map.of()))
                .isInstanceOf(AdapterException.class);
        assertThat(told)
                .anySatisfy(line -> assertThat(line).startsWith("failed ").contains("no such chart"));
    }

    @Test
    void withoutATraceTheWorkerGetsNone() {
        assertThat(HelmTraceHeader.value()).isEqualTo(Optional.empty());
    }
}
