// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.placement.objectives;

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
import eu.nephele.smo.api.placement.PlacementObjective;
import eu.nephele.smo.api.placement.PlacementPreference;
import eu.nephele.smo.api.placement.PlacementRequest;
import eu.nephele.smo.api.placement.PlacementRequestBuilder;
import eu.nephele.smo.api.placement.PlacementService;
import eu.nephele.smo.lab.conformance.Pricing;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ObjectivesTest {

    private static final long MICROS = Costs.MICROS;

    @Test
    void aMoveCostsOneAndStayingNothing() {
        Costs costs = price(new MovesObjective(), builder().current(0, 1).build());
        assertThat(row(costs, 0)).containsExactly(MICROS, 0L, MICROS);
    }

    @Test
    void aNewServiceMovesNowhere() {
        Costs costs = price(new MovesObjective(), builder().current(0, 1).build());
        assertThat(row(costs, 1)).containsExactly(0L, 0L, 0L);
    }

    @Test
    void aServiceWhoseClusterIsGoneMovesFreely() { // the old place is known by name, not by position
        Placement gone = new Placement(Map.of("s0", List.of(new Share(new ClusterId("test", "a0"), 1))));
        Costs costs = price(new MovesObjective(), builder().current(gone).build());
        assertThat(row(costs, 0)).containsExactly(0L, 0L, 0L);
    }

    @Test
    void theOldPlaceKeepsItsNameWhenClustersComeAndGo() {
        Placement old = new Placement(Map.of("s0", List.of(new Share(new ClusterId("test", "c2"), 1))));
        Costs costs = price(new MovesObjective(), builder().current(old).build());
        assertThat(row(costs, 0)).containsExactly(MICROS, MICROS, 0L);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({
        "idle cluster,            10000, 10000, 1000, 0.1",
        "half used cluster,       10000,  5000, 1000, 0.6",
        "larger cluster,          20000, 15000, 1000, 0.3",
        "full after the service,  10000,  1000, 1000, 1.0",
        "more free than there is, 10000, 12000, 1000, 0.1"
    })
    void balanceIsTheShareInUseWithTheService(String name, long allocatable, long free, long demand, double expected) {
        ClusterCapacity cluster = new ClusterCapacity(
                new ClusterId("test", "c"),
                new Resources(free, 0, 0, 0),
                new Resources(allocatable, 0, 0, 0),
                false,
                Map.of(),
                EnergyProfile.UNKNOWN,
                ClusterSignals.UNKNOWN);
        PlacementRequest request = request(List.of(service("s0", demand)), List.of(cluster));
        assertThat(price(new BalanceObjective(), request).assign(0, 0))
                .as(name)
                .isEqualTo(Math.round(expected * MICROS));
    }

    @Test
    void balanceLooksAtTheScarcerOfCpuAndMemory() {
        Resources all = new Resources(10_000, 100, 0, 0);
        PlacementRequest request = request(
                List.of(new PlacementService("s0", new Resources(1000, 30, 0, 0), 2, 1)),
                List.of(ClusterCapacity.of(new ClusterId("test", "c"), all)));
        assertThat(price(new BalanceObjective(), request).assign(0, 0)).isEqualTo(600_000);
    }

    @Test
    void latencyIsTheDistanceAndUnknownIsTheWorstKnown() {
        Costs costs = price(
                new LatencyObjective(),
                builder()
                        .link(new PlacementLink(0, 1, 1, OptionalDouble.empty()))
                        .latency(0, 1, 12)
                        .latency(1, 0, 7.5)
                        .build());
        assertThat(costs.distance(0, 1)).isEqualTo(12 * MICROS);
        assertThat(costs.distance(1, 0)).isEqualTo(7_500_000);
        assertThat(costs.distance(2, 0)).isEqualTo(12 * MICROS);
        assertThat(costs.distance(1, 1)).isZero();
    }

    @Test
    void priceIsPerCoreAndHourAndUnknownIsTheDearestKnown() {
        PlacementRequest request = request(
                List.of(new PlacementService("s0", new Resources(500, 0, 0, 0), 3, 1)),
                List.of(
                        priced("c0", OptionalDouble.of(0.04)),
                        priced("c1", OptionalDouble.of(0.1)),
                        priced("c2", OptionalDouble.empty())));
        assertThat(row(price(new PriceObjective(), request), 0)).containsExactly(60_000L, 150_000L, 150_000L);
    }

    @Test
    void aPreferenceThatAClusterDoesNotFulfilCostsItsWeight() {
        Costs costs = price(
                new PreferencesObjective(),
                builder()
                        .preference(new PlacementPreference(0, 3, "rather on c1", Set.of(0, 2)))
                        .preference(new PlacementPreference(0, 0.5, "rather on c1 or c2", Set.of(0)))
                        .build());
        assertThat(row(costs, 0)).containsExactly(3_500_000L, 0L, 3 * MICROS);
        assertThat(row(costs, 1)).containsExactly(0L, 0L, 0L);
    }

    @ParameterizedTest
    @ValueSource(doubles = {0, -1, Double.NaN, Double.POSITIVE_INFINITY})
    void aPreferenceHasAWeight(double weight) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new PlacementPreference(0, weight, "for nothing", Set.of()));
    }

    private static ClusterCapacity priced(String name, OptionalDouble price) {
        return new ClusterCapacity(
                new ClusterId("test", name),
                Resources.NONE,
                Resources.NONE,
                false,
                Map.of(),
                EnergyProfile.UNKNOWN,
                new ClusterSignals(OptionalDouble.empty(), OptionalDouble.empty(), price, List.of()));
    }

    private static Costs price(PlacementObjective objective, PlacementRequest request) {
        return Pricing.costs(request, Map.of(objective, 1.0));
    }

    private static List<Long> row(Costs costs, int service) {
        return List.of(costs.assign(service, 0), costs.assign(service, 1), costs.assign(service, 2));
    }

    private static PlacementService service(String id, long cpuMillis) {
        return new PlacementService(id, new Resources(cpuMillis, 0, 0, 0), 1, 1);
    }

    private static PlacementRequest request(List<PlacementService> services, List<ClusterCapacity> clusters) {
        return new PlacementRequestBuilder(new GraphId("project", "graph"), DecisionReason.REPLACE, services, clusters)
                .build();
    }

    private static PlacementRequestBuilder builder() {
        Resources free = new Resources(10_000, 0, 0, 0);
        return new PlacementRequestBuilder(
                new GraphId("project", "graph"),
                DecisionReason.REPLACE,
                List.of(service("s0", 1000), service("s1", 1000)),
                List.of(
                        ClusterCapacity.of(new ClusterId("test", "c2"), free),
                        ClusterCapacity.of(new ClusterId("test", "c0"), free),
                        ClusterCapacity.of(new ClusterId("test", "c1"), free)));
    }
}
