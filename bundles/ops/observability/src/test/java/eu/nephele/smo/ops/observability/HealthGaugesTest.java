// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.ops.observability;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Health can be queried by Prometheus, which has no other look at it. */
final class HealthGaugesTest {

    private final MicrometerMeasurements measurements = new MicrometerMeasurements(name -> "");
    private List<Readiness.ReadinessCheck> checks = List.of();
    private boolean owner;
    private final HealthGauges gauges = new HealthGauges(
            new Readiness() {
                @Override
                List<ReadinessCheck> checks() {
                    return checks;
                }

                @Override
                ReadinessCheck owner() {
                    return new ReadinessCheck("owner", owner, "as it is");
                }
            },
            measurements);

    @AfterEach
    void close() {
        measurements.close();
    }

    @Test
    void eachCheckFailsOrWarnsOrIsWell() {
        checks = List.of(check("store", true, "answers"), check("tls", true, "WARN: ends soon"));
        gauges.refresh();
        assertThat(measurements.text())
                .contains(
                        "smo_health_ready 1.0",
                        "smo_health_owner 0.0",
                        "smo_health_failing{check=\"store\"} 0.0",
                        "smo_health_warning{check=\"store\"} 0.0",
                        "smo_health_failing{check=\"tls\"} 0.0",
                        "smo_health_warning{check=\"tls\"} 1.0");

        owner = true;
        checks = List.of(check("store", false, "does not answer"));
        gauges.refresh();
        assertThat(measurements.text())
                .contains(
                        "smo_health_ready 0.0",
                        "smo_health_owner 1.0",
                        "smo_health_failing{check=\"store\"} 1.0",
                        "smo_health_warning{check=\"store\"} 0.0")
                .doesNotContain("check=\"tls\"");
    }

    @Test
    void aServerWithoutAnyCheckIsNotReady() {
        gauges.refresh();

        assertThat(measurements.text()).contains("smo_health_ready 0.0");
    }

    private static Readiness.ReadinessCheck check(String name, boolean ok, String message) {
        return new Readiness.ReadinessCheck(name, ok, message);
    }
}
