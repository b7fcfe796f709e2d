// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.placement.carbon;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import eu.nephele.smo.api.model.ClusterCapacity;
import eu.nephele.smo.api.model.ClusterId;
import eu.nephele.smo.api.model.ClusterSignals;
import eu.nephele.smo.api.model.ClusterSignals.ForecastPoint;
import eu.nephele.smo.api.model.EnergyProfile;
import eu.nephele.smo.api.model.GraphId;
import eu.nephele.smo.api.model.Resources;
import eu.nephele.smo.api.placement.Costs;
import eu.nephele.smo.api.placement.DecisionReason;
import eu.nephele.smo.api.placement.PlacementRequest;
import eu.nephele.smo.api.placement.PlacementRequestBuilder;
import eu.nephele.smo.api.placement.PlacementService;
import eu.nephele.smo.lab.conformance.Columns;
import eu.nephele.smo.lab.conformance.Pricing;
import eu.nephele.smo.lab.conformance.ReferencePlacements;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CarbonObjectiveTest {

    private static final Instant NOON = Instant.parse("2026-06-01T12:00:00Z");
    private static final EnergyProfile TEN_WATTS_PER_CORE = new EnergyProfile(100, 200);

    @Test
    void aServiceCostsItsShareOfPowerTimesIntensity() {
        Costs costs = physical(60, cluster("c0", TEN_WATTS_PER_CORE, OptionalDouble.of(300), List.of(), false));
        // 2 replicas × 0.5 cores × 10 W × 300 g/kWh = 3 g/h
        assertThat(costs.assign(0, 0)).isEqualTo(3_000);
    }

    @Test
    void openingAnIdleClusterCostsItsIdlePower() {
        Costs costs = physical(
                60,
                cluster("c0", TEN_WATTS_PER_CORE, OptionalDouble.of(300), List.of(), false),
                cluster("c1", TEN_WATTS_PER_CORE, OptionalDouble.of(300), List.of(), true));
        assertThat(costs.open(0)).isEqualTo(30_000);
        assertThat(costs.open(1)).isZero();
    }

    @Test
    void whatIsUnknownIsNeverCheaper() {
        Costs costs = physical(
                60,
                cluster("c0", TEN_WATTS_PER_CORE, OptionalDouble.of(100), List.of(), false),
                cluster("c1", TEN_WATTS_PER_CORE, OptionalDouble.of(400), List.of(), false),
                cluster("c2", TEN_WATTS_PER_CORE, OptionalDouble.empty(), List.of(), false),
                cluster("c3", EnergyProfile.UNKNOWN, OptionalDouble.of(400), List.of(), false));
        assertThat(costs.assign(0, 2)).isEqualTo(costs.assign(0, 1));
        assertThat(costs.assign(0, 3)).isEqualTo(2_000); // 1 core × 5 W × 400 g/kWh
    }

    @ParameterizedTest(name = "horizon {0} min: {1} g/kWh")
    @CsvSource({"0, 999", "30, 100", "60, 100", "90, 200", "120, 250", "240, 225"})
    void aForecastCountsByItsAverageOverTheHorizon(int horizonMinutes, double expected) {
        List<ForecastPoint> forecast = List.of(
                new ForecastPoint(NOON, 100),
                new ForecastPoint(NOON.plusSeconds(3600), 400),
                new ForecastPoint(NOON.plusSeconds(7200), 200));
        double[] intensity = new CarbonIntensity(java.time.Duration.ofMinutes(horizonMinutes))
                .get(List.of(cluster("c0", TEN_WATTS_PER_CORE, OptionalDouble.of(999), forecast, false)));
        assertThat(intensity[0]).isCloseTo(expected, within(1e-9));
    }

    @ParameterizedTest(name = "{0}: placement {1} has relative carbon {2}")
    @CsvSource(
            delimiter = '|',
            value = {"P-11|0,1,1|13.0", "P-12|2,0,0|5.0", "P-13|0,2,2|3.0"})
    void referenceModeIsRelativeCostTimesCores(String id, String columns, double expected) {
        PlacementRequest request =
                Pricing.priced(ReferencePlacements.request(id), Map.of(CarbonObjective.reference(), 1.0));
        int[] at = Arrays.stream(columns.split(",", -1))
                .mapToInt(Integer::parseInt)
                .toArray();
        long total = Pricing.total(request, Columns.placement(request, at), 0);
        assertThat(total).isEqualTo(Math.round(expected * Costs.MICROS));
    }

    @ParameterizedTest
    @ValueSource(strings = {"Reference", "", "green"})
    void anUnknownModeIsRefused(String mode) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new CarbonObjective(mode, 60, 5))
                .withMessageContaining("mode=" + mode);
    }

    private static Costs physical(int horizonMinutes, ClusterCapacity... clusters) {
        PlacementService service = new PlacementService("s0", new Resources(500, 0, 0, 0), 2, 1);
        PlacementRequest request = new PlacementRequestBuilder(
                        new GraphId("project", "graph"), DecisionReason.DEPLOY, List.of(service), List.of(clusters))
                .build();
        return Pricing.costs(request, Map.of(new CarbonObjective("physical", horizonMinutes, 5), 1.0));
    }

    private static ClusterCapacity cluster(
            String name, EnergyProfile energy, OptionalDouble carbon, List<ForecastPoint> forecast, boolean occupied) {
        Resources tenCores = new Resources(10_000, 0, 0, 0);
        return new ClusterCapacity(
                new ClusterId("test", name),
                tenCores,
                tenCores,
                occupied,
                Map.of(),
                energy,
                new ClusterSignals(carbon, OptionalDouble.empty(), OptionalDouble.empty(), forecast));
    }
}
