// SPDX-License-Identifier: Apache-2.0
package eu.h3ni.energyaware;

import static org.assertj.core.api.Assertions.assertThat;

import eu.nephele.smo.api.model.ClusterCapacity;
import eu.nephele.smo.api.model.ClusterId;
import eu.nephele.smo.api.model.ClusterSignals;
import eu.nephele.smo.api.model.ClusterSignals.ForecastPoint;
import eu.nephele.smo.api.model.EnergyProfile;
import eu.nephele.smo.api.model.GraphId;
import eu.nephele.smo.api.model.Resources;
import eu.nephele.smo.api.placement.DecisionReason;
import eu.nephele.smo.api.placement.PlacementRequest;
import eu.nephele.smo.api.placement.PlacementRequestBuilder;
import eu.nephele.smo.api.placement.PlacementResult.Placed;
import eu.nephele.smo.api.placement.PlacementService;
import eu.nephele.smo.api.placement.PlacementStrategy;
import eu.nephele.smo.lab.conformance.SimpleContext;
import eu.nephele.smo.lab.testkit.PlacementStrategyContract;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

class EnergyAwareStrategyTest extends PlacementStrategyContract {

    private static final EnergyAwareParameters DEFAULTS = new EnergyAwareParameters(1, 0.1, 1, 60, 5);
    private static final Instant NOW = SimpleContext.unlimited().now();

    @Override
    protected PlacementStrategy strategy() {
        return new EnergyAwareStrategy("test");
    }

    // docs: own
    @Test
    void takesTheClusterWithTheLeastCarbon() {
        assertThat(chosen(DEFAULTS, cluster("coal", 800, 0.1), cluster("wind", 50, 0.9)))
                .isEqualTo("wind");
    }
    // docs: end

    @Test
    void believesTheForecastMoreThanThePresent() {
        ForecastPoint clean = new ForecastPoint(NOW.minus(Duration.ofMinutes(5)), 20);
        ForecastPoint dirty = new ForecastPoint(NOW.plus(Duration.ofMinutes(10)), 900);

        assertThat(chosen(DEFAULTS, cluster("a", 20, 0.5, clean, dirty), cluster("b", 100, 0.5)))
                .isEqualTo("b");
    }

    @Test
    void withoutCarbonWeightTheRenewableShareDecides() {
        EnergyAwareParameters renewable = new EnergyAwareParameters(0, 1, 1, 0, 5);

        assertThat(chosen(renewable, cluster("a", 10, 0.2), cluster("b", 500, 0.9)))
                .isEqualTo("b");
    }

    @Test
    void whatNobodyKnowsIsNoAdvantage() {
        ClusterCapacity silent = new ClusterCapacity(
                new ClusterId("test", "a"),
                room(),
                room(),
                true,
                Map.of(),
                EnergyProfile.UNKNOWN,
                ClusterSignals.UNKNOWN);

        assertThat(chosen(DEFAULTS, silent, cluster("b", 300, 0.5))).isEqualTo("b");
    }

    @Test
    void saysWhatItCausesAndWhichVersionItIs() {
        Placed placed = place(DEFAULTS, cluster("wind", 50, 0.9));

        assertThat(placed.quality().note()).isEqualTo("energy-aware test: 0.5 g CO2eq/h, 90 % renewable");
    }

    private String chosen(EnergyAwareParameters parameters, ClusterCapacity... clusters) {
        return place(parameters, clusters)
                .placement()
                .clusterOf("web")
                .orElseThrow()
                .name();
    }

    private Placed place(EnergyAwareParameters parameters, ClusterCapacity... clusters) {
        PlacementRequest request = new PlacementRequestBuilder(
                        new GraphId("demo", "hello"),
                        DecisionReason.DEPLOY,
                        List.of(new PlacementService("web", new Resources(1000, 0, 0, 0), 2, 1)),
                        List.of(clusters))
                .build();
        return (Placed) strategy().place(request, SimpleContext.unlimited().withParameters(parameters));
    }

    private static ClusterCapacity cluster(String name, double grams, double renewable, ForecastPoint... forecast) {
        return new ClusterCapacity(
                new ClusterId("test", name),
                room(),
                room(),
                true,
                Map.of(),
                EnergyProfile.UNKNOWN,
                new ClusterSignals(
                        OptionalDouble.of(grams),
                        OptionalDouble.of(renewable),
                        OptionalDouble.empty(),
                        List.of(forecast)));
    }

    private static Resources room() {
        return new Resources(8000, 0, 0, 0);
    }
}
