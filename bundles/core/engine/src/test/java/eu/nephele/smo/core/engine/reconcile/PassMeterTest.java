// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.engine.reconcile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import eu.nephele.smo.api.model.GraphId;
import eu.nephele.smo.core.contract.measure.MetricsRecorder;
import eu.nephele.smo.core.contract.work.WorkQueue.PassResult;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.ToDoubleFunction;
import org.junit.jupiter.api.Test;

/** Each pass is timed, by what came of it. */
class PassMeterTest {

    private static final GraphId GRAPH = new GraphId("shop", "till");

    private final AtomicLong nanos = new AtomicLong();
    private final List<String> recorded = new ArrayList<>();
    private final PassMeter meter = new PassMeter(nanos::get);

    PassMeterTest() {
        meter.publish(new MetricsRecorder() {
            @Override
            public void count(String name, Map<String, String> labels) {
                throw new UnsupportedOperationException(name);
            }

            @Override
            public void time(String name, Map<String, String> labels, Duration duration) {
                recorded.add(name + labels + duration);
            }

            @Override
            public <T> void gauge(String name, Map<String, String> labels, T owner, ToDoubleFunction<T> value) {
                throw new UnsupportedOperationException(name);
            }
        });
    }

    @Test
    void aPassIsTimedByItsOutcomeAlsoWhenItFails() {
        assertThat(meter.measured(GRAPH, id -> lasting(new PassResult.Retry()))).isEqualTo(new PassResult.Retry());
        assertThatThrownBy(() -> meter.measured(GRAPH, id -> {
                    throw new IllegalStateException("broken");
                }))
                .hasMessage("broken");

        assertThat(recorded)
                .containsExactly(
                        "smo_engine_pass_seconds{outcome=retry}PT2S", "smo_engine_pass_seconds{outcome=fault}PT0S");
    }

    private PassResult lasting(PassResult result) {
        nanos.addAndGet(Duration.ofSeconds(2).toNanos());
        return result;
    }
}
