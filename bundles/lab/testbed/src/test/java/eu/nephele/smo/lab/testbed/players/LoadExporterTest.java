// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.testbed.players;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class LoadExporterTest {

    private static final long SECOND = 1_000_000_000L;

    private final AtomicLong clock = new AtomicLong();
    private final LoadExporter load = new LoadExporter(clock::get);
    private final LoadExporter.Source source = new LoadExporter.Source("demo", "a");

    @Test
    void countersGrowAsFastAsSetAndNeverFallBack() {
        load.setRate(source, 10);
        clock.addAndGet(3 * SECOND);
        assertThat(load.text()).contains("flask_http_request_total{service=\"a\",namespace=\"demo\"} 30.000\n");

        load.setRate(source, 0);
        clock.addAndGet(5 * SECOND);
        assertThat(load.text())
                .contains("http_requests_total{service=\"a\",namespace=\"demo\"} 30.000\n")
                .contains("container_cpu_usage_seconds_total{container=\"a\",namespace=\"demo\"} 1.500\n");
    }

    @Test
    void aServiceThatIsForgottenHasNoSeries() {
        load.setRate(source, 10);
        load.forget(source);

        assertThat(load.text()).doesNotContain("demo");
    }

    @Test
    void aRateIsANumberFromZeroUp() {
        assertThatThrownBy(() -> load.setRate(source, -1)).hasMessageContaining("-1.0 is not a rate");
        assertThatThrownBy(() -> load.setRate(source, Double.NaN)).hasMessageContaining("NaN is not a rate");
        assertThatThrownBy(() -> load.setRate(source, Double.POSITIVE_INFINITY)).hasMessageContaining("is not a rate");
    }

    @Test
    void namesAreData() {
        load.setRate(new LoadExporter.Source("de\"mo", "a\\b"), 1);

        assertThat(load.text()).contains("{service=\"a\\\\b\",namespace=\"de\\\"mo\"}");
    }
}
