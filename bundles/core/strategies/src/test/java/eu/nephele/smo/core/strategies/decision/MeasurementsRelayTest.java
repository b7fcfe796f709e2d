// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.strategies.decision;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import eu.nephele.smo.core.contract.measure.MetricsRecorder;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import org.junit.jupiter.api.Test;

class MeasurementsRelayTest {

    private static final class Names implements MetricsRecorder {
        private final List<String> names = new ArrayList<>();

        @Override
        public void count(String name, Map<String, String> labels) {
            names.add(name);
        }

        @Override
        public void time(String name, Map<String, String> labels, Duration duration) {
            names.add(name);
        }

        @Override
        public <T> void gauge(String name, Map<String, String> labels, T owner, ToDoubleFunction<T> value) {
            names.add(name + labels);
        }
    }

    @Test
    void withoutObservabilityNothingIsMeasured() {
        MeasurementsRelay relay = new MeasurementsRelay();
        assertThatCode(() -> {
                    relay.count("x", Map.of());
                    relay.time("x", Map.of(), Duration.ZERO);
                    relay.gauge("x", Map.of(), this, owner -> 1);
                })
                .doesNotThrowAnyException();
    }

    @Test
    void aLaterRecorderGetsTheGauges() {
        MeasurementsRelay relay = new MeasurementsRelay();
        relay.gauge("smo_x", Map.of("a", "b"), this, owner -> 1);
        Names late = new Names();
        relay.bindTarget(late);
        assertThat(late.names).containsExactly("smo_x{a=b}");
        relay.unbindTarget(late);
        relay.count("smo_y", Map.of());
        assertThat(late.names).hasSize(1);
    }
}
