// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.ops.observability;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Measurements are exposed in Prometheus's format. */
final class MicrometerMeasurementsTest {

    private final MicrometerMeasurements measurements = new MicrometerMeasurements();

    @AfterEach
    void close() {
        measurements.close();
    }

    @Test
    void countsByLabel_R061() {
        measurements.count("smo_engine_decisions_total", Map.of("strategy", "optimal", "outcome", "placed"));
        measurements.count("smo_engine_decisions_total", Map.of("outcome", "placed", "strategy", "optimal"));
        measurements.count("smo_engine_decisions_total", Map.of("strategy", "greedy", "outcome", "placed"));

        assertThat(measurements.text())
                .contains("smo_engine_decisions_total{outcome=\"placed\",strategy=\"optimal\"} 2.0")
                .contains("smo_engine_decisions_total{outcome=\"placed\",strategy=\"greedy\"} 1.0");
    }

    @Test
    void timesUnderTheNameThatWasGiven() {
        measurements.time("smo_http_requests_seconds", Map.of("method", "GET"), Duration.ofMillis(20));
        measurements.time("smo_http_requests_seconds", Map.of("method", "GET"), Duration.ofMillis(200));

        assertThat(measurements.text())
                .contains("smo_http_requests_seconds_count{method=\"GET\"} 2")
                .contains("smo_http_requests_seconds_sum{method=\"GET\"} 0.22")
                .contains("smo_http_requests_seconds_bucket{method=\"GET\",le=\"0.025\"} 1")
                .contains("smo_http_requests_seconds_bucket{method=\"GET\",le=\"+Inf\"} 2")
                .doesNotContain("seconds_seconds");
    }

    @Test
    void aGaugeIsReadWhenSomebodyLooksAndReplacedByTheSameNameAndLabels() {
        AtomicInteger first = new AtomicInteger(1);
        AtomicInteger second = new AtomicInteger(10);
        measurements.gauge("smo_engine_graphs", Map.of("phase", "RUNNING"), first, AtomicInteger::get);
        measurements.gauge("smo_engine_graphs", Map.of("phase", "STOPPED"), first, AtomicInteger::get);
        first.set(5);
        assertThat(measurements.text()).contains("smo_engine_graphs{phase=\"RUNNING\"} 5.0");

        measurements.gauge("smo_engine_graphs", Map.of("phase", "RUNNING"), second, AtomicInteger::get);

        assertThat(measurements.text())
                .contains("smo_engine_graphs{phase=\"RUNNING\"} 10.0")
                .contains("smo_engine_graphs{phase=\"STOPPED\"} 5.0");
        assertThat(first.get() + second.get()).isEqualTo(15);
    }

    @Test
    void showsTheJvm() {
        assertThat(measurements.text())
                .contains(
                        "jvm_memory_used_bytes",
                        "jvm_threads_live_threads",
                        "process_uptime_seconds",
                        "system_cpu_count");
    }
}
