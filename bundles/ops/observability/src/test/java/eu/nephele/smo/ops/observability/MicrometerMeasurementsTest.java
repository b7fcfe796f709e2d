// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.ops.observability;

import static org.assertj.core.api.Assertions.assertThat;

import eu.nephele.smo.core.contract.trace.TraceContext;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.MDC;

/** Measurements are exposed in Prometheus's format. */
final class MicrometerMeasurementsTest {

    private static final String TRACE = "4bf92f3577b34da6a3ce929d0e0e4736";

    private final MicrometerMeasurements measurements =
            new MicrometerMeasurements(name -> name.equals("smo_engine_graphs") ? "Graphs by phase" : "");

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

    /** As configured, {@code record=false}. */
    private record RecordSetting(boolean record) implements MetricsConfig {

        @Override
        public Class<MetricsConfig> annotationType() {
            return MetricsConfig.class;
        }
    }

    @Test
    void nothingIsCountedOrTimedWhileThatIsTurnedOff() {
        measurements.gauge("smo_engine_graphs", Map.of("phase", "RUNNING"), this, any -> 7);
        measurements.configure(new RecordSetting(false));
        measurements.count("smo_engine_decisions_total", Map.of());
        measurements.time("smo_http_requests_seconds", Map.of(), Duration.ofMillis(20));
        assertThat(measurements.text())
                .doesNotContain("smo_engine_decisions_total", "smo_http_requests_seconds")
                .contains("smo_engine_graphs{phase=\"RUNNING\"} 7.0");

        measurements.configure(new RecordSetting(true));
        measurements.count("smo_engine_decisions_total", Map.of());
        assertThat(measurements.text()).contains("smo_engine_decisions_total 1.0");
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
    void theMeaningIsShownBesideTheValues() {
        measurements.gauge("smo_engine_graphs", Map.of("phase", "running"), new AtomicInteger(), AtomicInteger::get);

        assertThat(measurements.text())
                .contains("# HELP smo_engine_graphs Graphs by phase", "# TYPE smo_engine_graphs gauge");
    }

    @Test
    void aDurationRefersToItsTraceIfThatIsExported() {
        LoggedTrace.during(
                TraceContext.parse("00-" + TRACE + "-00f067aa0ba902b7-01"),
                () -> measurements.time("smo_a_exported_seconds", Map.of(), Duration.ofMillis(20)));
        LoggedTrace.during(
                TraceContext.parse("00-" + TRACE + "-00f067aa0ba902b7-00"),
                () -> measurements.time("smo_a_kept_seconds", Map.of(), Duration.ofMillis(20)));

        assertThat(measurements.openMetrics())
                .contains("# EOF")
                .containsPattern("smo_a_exported_seconds_bucket\\{le=\"0.025\"} 1 # \\{[^}]*trace_id=\"" + TRACE + "\"")
                .doesNotContainPattern("smo_a_exported_seconds_count.*trace_id")
                .doesNotContainPattern("smo_a_kept_seconds_bucket.*trace_id");
        assertThat(measurements.text()).doesNotContain("trace_id");
        assertThat(MDC.get("trace_id")).isNull();
    }

    @Test
    void aMetricWithTooManySeriesLosesTheFurtherOnesOnly() {
        for (int i = 0; i < MicrometerMeasurements.MOST_SERIES + 10; i++) {
            measurements.count("smo_a_wild_total", Map.of("who", "n" + i));
        }
        measurements.count("smo_a_wild_total", Map.of("who", "n0"));
        measurements.count("smo_a_tame_total", Map.of("who", "n0"));

        assertThat(measurements.text().lines().filter(line -> line.startsWith("smo_a_wild_total")))
                .hasSize(MicrometerMeasurements.MOST_SERIES)
                .contains("smo_a_wild_total{who=\"n0\"} 2.0");
        assertThat(measurements.text()).contains("smo_a_tame_total{who=\"n0\"} 1.0");
    }

    @Test
    void showsTheDiskOfTheData(@TempDir Path data) {
        DiskGauges gauges = new DiskGauges(data.toFile(), measurements);

        assertThat(gauges).isNotNull();
        assertThat(measurements.text())
                .containsPattern("smo_disk_free_bytes [1-9]")
                .containsPattern("smo_disk_size_bytes [1-9]");
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
