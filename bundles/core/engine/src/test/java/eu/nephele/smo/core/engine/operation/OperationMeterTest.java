// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.engine.operation;

import static org.assertj.core.api.Assertions.assertThat;

import eu.nephele.smo.api.model.GraphId;
import eu.nephele.smo.api.model.GraphPhase;
import eu.nephele.smo.api.model.Resources;
import eu.nephele.smo.core.contract.measure.MetricsRecorder;
import eu.nephele.smo.core.engine.EmbeddedCore;
import eu.nephele.smo.core.engine.Hdag;
import eu.nephele.smo.lab.simulator.ClusterModel;
import eu.nephele.smo.lab.simulator.Scenario;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.DoubleSupplier;
import java.util.function.ToDoubleFunction;
import org.junit.jupiter.api.Test;

/** Operations that take long, and those that fail, can be seen in the metrics. */
class OperationMeterTest {

    private final Map<String, DoubleSupplier> gauges = new HashMap<>();
    private final List<String> timed = new ArrayList<>();
    private final List<Duration> durations = new ArrayList<>();

    private final MetricsRecorder recorder = new MetricsRecorder() {
        @Override
        public void count(String name, Map<String, String> labels) {
            timed.add(name);
        }

        @Override
        public void time(String name, Map<String, String> labels, Duration duration) {
            if (name.startsWith("smo_engine_operation_")) {
                timed.add(name + new TreeMap<>(labels));
                durations.add(duration);
            }
        }

        @Override
        public <T> void gauge(String name, Map<String, String> labels, T owner, ToDoubleFunction<T> value) {
            gauges.put(name, () -> value.applyAsDouble(owner));
        }
    };

    @Test
    void anOperationHasAnAgeUntilItsEndAndADurationAfterwards() throws Exception {
        try (EmbeddedCore core = new EmbeddedCore(
                Scenario.of(Duration.ofSeconds(1), ClusterModel.of("c1", new Resources(12_000, 1L << 36, 1L << 40, 0))),
                "meter-" + UUID.randomUUID())) {
            core.publish(recorder);
            core.pass(Duration.ofSeconds(1));
            assertThat(oldest()).isZero();

            core.deploy("p", Hdag.of("g", "a"));
            core.pass(Duration.ofMillis(500));
            assertThat(oldest()).isBetween(0.4, 0.9);
            assertThat(timed).isEmpty();

            core.passUntil(
                    () -> core.view(new GraphId("p", "g")).phase() == GraphPhase.RUNNING, Duration.ofSeconds(30));
            assertThat(oldest()).isZero();
            assertThat(timed).containsExactly("smo_engine_operation_seconds{kind=deploy, outcome=succeeded}");
            assertThat(durations.get(0)).isBetween(Duration.ofMillis(900), Duration.ofSeconds(30));
        }
    }

    private double oldest() {
        return gauges.get("smo_engine_oldest_operation_seconds").getAsDouble();
    }
}
