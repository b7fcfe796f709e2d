// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.placement.carbon;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import eu.nephele.smo.api.model.ClusterCapacity;
import eu.nephele.smo.api.model.ClusterId;
import eu.nephele.smo.api.model.ClusterSignals;
import eu.nephele.smo.api.model.ClusterSignals.ForecastPoint;
import eu.nephele.smo.api.model.EnergyProfile;
import eu.nephele.smo.api.model.GraphId;
import eu.nephele.smo.api.model.Resources;
import eu.nephele.smo.api.placement.Costs;
import eu.nephele.smo.api.placement.DecisionReason;
import eu.nephele.smo.api.placement.PlacementObjective;
import eu.nephele.smo.api.placement.PlacementRequest;
import eu.nephele.smo.api.placement.PlacementRequestBuilder;
import eu.nephele.smo.api.placement.PlacementService;
import eu.nephele.smo.lab.conformance.Pricing;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

class CarbonForecastObjectiveTest {

    private static final Instant NOON = Instant.parse("2026-06-01T12:00:00Z");

    /** Clean for six hours, dirty afterwards. */
    private static final List<ForecastPoint> SUN =
            List.of(new ForecastPoint(NOON, 100), new ForecastPoint(NOON.plusSeconds(6 * 3600), 500));

    private static final ClusterCapacity SOLAR = cluster("c0", OptionalDouble.of(100), SUN);
    private static final ClusterCapacity STEADY = cluster("c1", OptionalDouble.of(300), List.of());
    private static final ClusterCapacity UNKNOWN = cluster("c2", OptionalDouble.empty(), List.of());

    @Test
    void theMeanOfTheHorizonCounts() {
        // 1 core × 10 W × (6 h × 100 + 18 h × 500) / 24 h = 400 g/kWh
        assertThat(costs(new CarbonForecastObjective(24, 5)).assign(0, 0)).isEqualTo(4_000);
        // 100 W idle
        assertThat(costs(new CarbonForecastObjective(24, 5)).open(0)).isEqualTo(40_000);
        assertThat(costs(new CarbonForecastObjective(6, 5)).assign(0, 0)).isEqualTo(1_000);
    }

    @Test
    void aClusterThatIsCleanNowOnlyLosesAgainstASteadyOne() {
        Costs now = costs(new CarbonObjective("physical", 60, 5));
        Costs ahead = costs(new CarbonForecastObjective(24, 5));
        assertThat(now.assign(0, 0)).isLessThan(now.assign(0, 1));
        assertThat(ahead.assign(0, 0)).isGreaterThan(ahead.assign(0, 1));
    }

    @Test
    void withoutForecastThePresentIntensityCountsAndWithoutDataTheDirtiest() {
        Costs costs = costs(new CarbonForecastObjective(24, 5));
        assertThat(costs.assign(0, 1)).isEqualTo(3_000);
        assertThat(costs.assign(0, 2)).isEqualTo(4_000);
    }

    @Test
    void aHorizonOfNoHourIsRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new CarbonForecastObjective(0, 5))
                .withMessageContaining("horizonHours=0");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new CarbonForecastObjective(1, Double.NaN))
                .withMessageContaining("fallbackWattsPerCore=NaN");
    }

    private static Costs costs(PlacementObjective objective) {
        PlacementService service = new PlacementService("s0", new Resources(500, 0, 0, 0), 2, 1);
        PlacementRequest request = new PlacementRequestBuilder(
                        new GraphId("project", "graph"),
                        DecisionReason.DEPLOY,
                        List.of(service),
                        List.of(SOLAR, STEADY, UNKNOWN))
                .build();
        return Pricing.costs(request, Map.of(objective, 1.0));
    }

    private static ClusterCapacity cluster(String name, OptionalDouble carbon, List<ForecastPoint> forecast) {
        Resources tenCores = new Resources(10_000, 0, 0, 0);
        return new ClusterCapacity(
                new ClusterId("test", name),
                tenCores,
                tenCores,
                false,
                Map.of(),
                new EnergyProfile(100, 200),
                new ClusterSignals(carbon, OptionalDouble.empty(), OptionalDouble.empty(), forecast));
    }
}
