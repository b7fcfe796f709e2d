// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.adapters.haproxy;

import static org.assertj.core.api.Assertions.assertThat;

import eu.nephele.smo.api.port.AdapterException;
import eu.nephele.smo.api.port.MetricQuery;
import eu.nephele.smo.api.port.MetricsSource;
import eu.nephele.smo.lab.testbed.components.FreePorts;
import eu.nephele.smo.lab.testkit.Await;
import eu.nephele.smo.lab.testkit.MetricsSourceContract;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The contract of a source of metrics, with a real HAProxy. */
class RealMetricsContractTest extends MetricsSourceContract {

    private RealBalancer real;
    private int port;

    @BeforeEach
    void start() throws Exception {
        real = new RealBalancer();
        port = FreePorts.free(1).get(0);
        real.ensure("web", RealBalancer.backend(port, List.of(real.replica("a").member())));
        for (int i = 0; i < 20; i++) {
            assertThat(real.get(port, "/")).isEqualTo("200 a");
        }
        Await.until("two samples", () -> !real.adapter()
                .range(List.of(measured()), Duration.ofMinutes(1), Duration.ofSeconds(1))
                .isEmpty());
    }

    @AfterEach
    void end() throws IOException {
        real.close();
    }

    @Override
    protected MetricsSource adapter() {
        return real.adapter();
    }

    @Override
    protected Map<String, ?> serviceProperties() {
        return Map.of(AdapterException.SYSTEM, real.settings().system());
    }

    @Override
    protected MetricQuery measured() {
        return query(MetricQuery.REQUEST_RATE);
    }

    @Override
    protected void breakTheSystem() {
        try {
            real.haproxy().kill();
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
        Await.until("the worker ends with its master", () -> !real.answers());
    }

    @Test
    void whatArrivesIsCountedAndWhatIsNotKnownHasNoData() throws Exception {
        Map<MetricQuery, Double> values = real.adapter()
                .instant(List.of(
                        measured(),
                        query("queue_length"),
                        query("response_time_millis"),
                        query(MetricQuery.CPU_CORES),
                        new MetricQuery(
                                MetricQuery.REQUEST_RATE,
                                measured().workload(),
                                Duration.ofMinutes(1),
                                Optional.of("sum(x)"))));

        assertThat(values).containsOnlyKeys(measured(), query("queue_length"), query("response_time_millis"));
        assertThat(values.get(query("queue_length"))).isZero();
        assertThat(values.get(query("response_time_millis"))).isBetween(0.0, 1000.0);
        awaitLoad();
    }

    /** The requests before the first sample are not known: others come after it. */
    private void awaitLoad() {
        Await.until("a load that is more than nothing", () -> {
            real.get(port, "/");
            return real.adapter().instant(List.of(measured())).get(measured()) > 0;
        });
    }

    private static MetricQuery query(String metric) {
        return new MetricQuery(metric, RealBalancer.key("web").workload(), Duration.ofMinutes(1), Optional.empty());
    }
}
