// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.simulator;

import static eu.nephele.smo.lab.simulator.Lab.id;
import static org.assertj.core.api.Assertions.assertThat;

import eu.nephele.smo.api.model.ClusterId;
import eu.nephele.smo.api.model.ClusterSignals;
import eu.nephele.smo.api.model.ClusterSignals.ForecastPoint;
import eu.nephele.smo.lab.simulator.federation.ScenarioFile;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SignalsTest {

    private final Lab lab = new Lab(ScenarioFile.builtIn());
    private final ClusterId c1 = id("c1");
    private final ClusterId c3 = id("c3");

    @Test
    void followTheHoursOfTheDay() {
        assertThat(of(c3).carbonGramsPerKwh()).hasValue(65);
        lab.pass(Duration.ofMinutes(59));
        assertThat(of(c3).carbonGramsPerKwh()).hasValue(65);
        lab.pass(Duration.ofMinutes(1));
        assertThat(of(c3).carbonGramsPerKwh()).hasValue(45);
    }

    @Test
    void foretellTheNextDay() {
        List<ForecastPoint> forecast = of(c1).forecast();
        assertThat(forecast).hasSize(25);
        assertThat(forecast.get(0).from()).isEqualTo(Instant.parse("2026-06-01T08:00:00Z"));
        assertThat(of(c1).carbonGramsPerKwh())
                .as("the forecast begins with the present value")
                .hasValue(forecast.get(0).carbonGramsPerKwh());
        assertThat(forecast.get(1)).isEqualTo(new ForecastPoint(Instant.parse("2026-06-01T09:00:00Z"), 160));
        lab.pass(Duration.ofMinutes(90));
        assertThat(of(c1).carbonGramsPerKwh()).hasValue(forecast.get(1).carbonGramsPerKwh());
        assertThat(of(c1).forecast().get(0)).isEqualTo(new ForecastPoint(Instant.parse("2026-06-01T09:30:00Z"), 160));
    }

    @Test
    void includePriceAndRenewableShare() {
        assertThat(of(c1).pricePerCpuHour()).hasValue(0.045);
        assertThat(of(c1).renewableShare()).hasValue(0.35);
    }

    @Test
    void areUnknownWhereTheScenarioSaysNothing() {
        Lab plain = new Lab();
        assertThat(plain.world.signals().signals(List.of(id("a"), id("ghost"), new ClusterId("karmada", "b"))))
                .isEqualTo(Map.of(id("a"), ClusterSignals.UNKNOWN));
        assertThat(plain.world.signals().latencyMillis(List.of(id("a"), id("b"))))
                .isEqualTo(Map.of(id("a"), Map.of(id("a"), 0.0), id("b"), Map.of(id("b"), 0.0)));
    }

    @Test
    void knowLatencyInBothDirections() {
        Map<ClusterId, Map<ClusterId, Double>> matrix = lab.world.signals().latencyMillis(List.of(c1, c3));
        assertThat(matrix).isEqualTo(Map.of(c1, Map.of(c1, 0.0, c3, 3.0), c3, Map.of(c1, 3.0, c3, 0.0)));
    }

    private ClusterSignals of(ClusterId cluster) {
        return lab.world.signals().signals(List.of(cluster)).get(cluster);
    }
}
