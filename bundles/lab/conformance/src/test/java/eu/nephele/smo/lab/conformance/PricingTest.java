// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import eu.nephele.smo.api.model.ClusterCapacity;
import eu.nephele.smo.api.model.ClusterId;
import eu.nephele.smo.api.model.ClusterSignals;
import eu.nephele.smo.api.model.EnergyProfile;
import eu.nephele.smo.api.model.GraphId;
import eu.nephele.smo.api.model.Placement;
import eu.nephele.smo.api.model.Placement.Share;
import eu.nephele.smo.api.model.Resources;
import eu.nephele.smo.api.placement.Costs;
import eu.nephele.smo.api.placement.DecisionReason;
import eu.nephele.smo.api.placement.PlacementLink;
import eu.nephele.smo.api.placement.PlacementRequest;
import eu.nephele.smo.api.placement.PlacementRequestBuilder;
import eu.nephele.smo.api.placement.PlacementService;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PricingTest {

    private static final Resources ROOM = new Resources(10_000, 0, 0, 0);

    /** Services a → b with traffic 0.5, clusters c0 (occupied) and c1. */
    private final PlacementRequest request = new PlacementRequestBuilder(
                    new GraphId("demo", "camera"),
                    DecisionReason.DEPLOY,
                    List.of(service("a"), service("b")),
                    List.of(cluster("c0", true), cluster("c1", false)))
            .link(new PlacementLink(0, 1, 0.5, OptionalDouble.empty()))
            .build();

    @Test
    void objectivesAddUpByWeight() {
        Costs costs = Pricing.costs(
                request,
                Map.of(
                        (problem, table) -> table.assign(0, 1, 3), 2.0,
                        (problem, table) -> table.assign(0, 1, 4), 0.25));
        assertThat(costs.assign(0, 1)).isEqualTo(7 * Costs.MICROS);
        assertThat(costs.assign(1, 1)).isZero();
    }

    @Test
    void aCellThatIsSetAgainReplacesWhatWasThere() {
        Costs costs = Pricing.costs(
                request,
                Map.of(
                        (problem, table) -> {
                            table.assign(0, 0, 9);
                            table.assign(0, 0, 1);
                        },
                        1.0));
        assertThat(costs.assign(0, 0)).isEqualTo(Costs.MICROS);
    }

    @ParameterizedTest(name = "{0} units are {1} micro-units")
    @CsvSource({"0.0000005, 0", "0.0000015, 2", "0.0000025, 2", "0.25, 250000"})
    void roundsHalfEven(double units, long micros) {
        assertThat(Pricing.costs(request, Map.of((problem, table) -> table.assign(0, 0, units), 1.0))
                        .assign(0, 0))
                .isEqualTo(micros);
    }

    @Test
    void openingAnOccupiedClusterAndStayingOnOneAreFree() {
        Costs costs = Pricing.costs(
                request,
                Map.of(
                        (problem, table) -> {
                            table.open(0, 5);
                            table.open(1, 5);
                            table.distance(1, 1, 5);
                        },
                        1.0));
        assertThat(costs.open(0)).isZero();
        assertThat(costs.open(1)).isEqualTo(5 * Costs.MICROS);
        assertThat(costs.distance(1, 1)).isZero();
    }

    @ParameterizedTest(name = "{0},{1} costs {2}")
    @CsvSource({"0, 0, 1", "0, 1, 23", "1, 0, 43", "1, 1, 12"})
    void aPlacementCostsAssignmentsOpeningsOnceAndDistanceByTraffic(int a, int b, long units) {
        PlacementRequest priced = Pricing.priced(
                request,
                Map.of(
                        (problem, table) -> {
                            table.assign(0, 0, 1);
                            table.assign(0, 1, 2);
                            table.open(1, 10);
                            table.distance(0, 1, 24);
                            table.distance(1, 0, 62);
                        },
                        1.0));
        assertThat(Pricing.total(priced, Columns.placement(priced, a, b), 0)).isEqualTo(units * Costs.MICROS);
    }

    @Test
    void columnsReadWhatColumnsWrite() {
        assertThat(Columns.text(request, Columns.placement(request, 1, 0))).isEqualTo("1,0");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Columns.placement(request, 1))
                .withMessage("1 columns for 2 services");
    }

    @Test
    void aServiceThatIsElsewhereOrNowhereHasNoColumn() {
        Placement elsewhere =
                new Placement(Map.of("a", List.of(new Share(new ClusterId("other", "c0"), 1)), "b", List.of()));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Columns.cluster(request, elsewhere, 0))
                .withMessageContaining("Service a is on [other/c0], expected one cluster of [test/c0, test/c1]");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Columns.cluster(request, elsewhere, 1))
                .withMessageContaining("Service b is on []");
    }

    private static PlacementService service(String id) {
        return new PlacementService(id, new Resources(1000, 0, 0, 0), 1, 1);
    }

    private static ClusterCapacity cluster(String name, boolean occupied) {
        return new ClusterCapacity(
                new ClusterId("test", name),
                ROOM,
                ROOM,
                occupied,
                Map.of(),
                EnergyProfile.UNKNOWN,
                ClusterSignals.UNKNOWN);
    }
}
