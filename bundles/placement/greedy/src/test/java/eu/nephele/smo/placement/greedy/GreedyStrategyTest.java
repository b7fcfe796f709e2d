// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.placement.greedy;

import static org.assertj.core.api.Assertions.assertThat;

import eu.nephele.smo.api.model.ClusterCapacity;
import eu.nephele.smo.api.model.ClusterId;
import eu.nephele.smo.api.model.ClusterSignals;
import eu.nephele.smo.api.model.EnergyProfile;
import eu.nephele.smo.api.model.GraphId;
import eu.nephele.smo.api.model.Placement;
import eu.nephele.smo.api.model.Resources;
import eu.nephele.smo.api.placement.CostTable;
import eu.nephele.smo.api.placement.DecisionReason;
import eu.nephele.smo.api.placement.Feasibility;
import eu.nephele.smo.api.placement.PlacementLink;
import eu.nephele.smo.api.placement.PlacementObjective;
import eu.nephele.smo.api.placement.PlacementRequest;
import eu.nephele.smo.api.placement.PlacementRequestBuilder;
import eu.nephele.smo.api.placement.PlacementResult;
import eu.nephele.smo.api.placement.PlacementResult.Infeasible;
import eu.nephele.smo.api.placement.PlacementResult.Placed;
import eu.nephele.smo.api.placement.PlacementService;
import eu.nephele.smo.lab.conformance.Columns;
import eu.nephele.smo.lab.conformance.Enumeration;
import eu.nephele.smo.lab.conformance.Pricing;
import eu.nephele.smo.lab.conformance.RandomProblems;
import eu.nephele.smo.lab.conformance.ReferencePlacements;
import eu.nephele.smo.lab.conformance.SimpleContext;
import eu.nephele.smo.placement.carbon.CarbonObjective;
import eu.nephele.smo.placement.greedy.GreedyParameters.ServiceOrder;
import eu.nephele.smo.placement.objectives.MovesObjective;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicInteger;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class GreedyStrategyTest {

    @Test
    void reproducesTheReferencesGreenConsolidation() { // P-12: a cost like any other, not a separate strategy
        PlacementRequest request =
                Pricing.priced(ReferencePlacements.request("P-12"), Map.of(CarbonObjective.reference(), 1.0));
        Placed placed = (Placed) place(request, ServiceOrder.DESCRIPTOR);
        assertThat(Columns.text(request, placed.placement())).isEqualTo("2,0,0");
        assertThat(Pricing.total(request, placed.placement(), 0)).isEqualTo(5_000_000);
    }

    @ParameterizedTest(name = "{0} → {1}")
    @CsvSource(
            delimiter = '|',
            value = {"P-1|0,0", "P-2|0,1"})
    void withoutCostsConsolidatesLikeFirstFit(String id, String expected) {
        PlacementRequest request = ReferencePlacements.request(id);
        Placed placed = (Placed) place(request, ServiceOrder.DESCRIPTOR);
        assertThat(Columns.text(request, placed.placement())).isEqualTo(expected);
    }

    @ParameterizedTest(name = "{0}: {1} has no place")
    @CsvSource({"P-3, s0", "P-4, s1", "P-5, s2", "P-8, s0"})
    void saysPerClusterWhatIsMissing(String id, String service) {
        PlacementRequest request = ReferencePlacements.request(id);
        Infeasible infeasible = (Infeasible) place(request, ServiceOrder.DESCRIPTOR);
        assertThat(infeasible.reasons()).containsOnlyKeys(service);
        assertThat(infeasible.reasons().get(service))
                .hasSize(request.clusters().size())
                .allSatisfy((cluster, why) -> assertThat(why).contains("needs", "free"));
    }

    @Test
    void withoutAClusterSaysThatThereIsNone() {
        PlacementRequest request = builder(List.of(1, 1), List.of()).build();
        Infeasible infeasible = (Infeasible) place(request, ServiceOrder.REGRET);
        assertThat(infeasible.counterfactual()).contains("no available cluster");
        assertThat(infeasible.reasons()).isEqualTo(Map.of("s0", Map.of(), "s1", Map.of()));
    }

    @Test
    void amongEqualCostsPrefersTheFullerClusterThenTheFirst() {
        assertThat(columns(builder(List.of(1, 3, 1), List.of(3, 9, 9)), Map.of(), ServiceOrder.DESCRIPTOR))
                .isEqualTo("0,1,1");
    }

    @Test
    void opensAClusterOnlyWhenItPays() {
        PlacementObjective opening = (request, costs) -> {
            for (int c = 0; c < 3; c++) {
                costs.open(c, 5);
            }
            costs.assign(0, 1, 0);
            dear(costs, 0, 3);
            costs.assign(1, 1, 4);
            costs.assign(2, 1, 9);
        };
        assertThat(columns(builder(List.of(1, 1, 1), List.of(9, 9, 9)), Map.of(opening, 1.0), ServiceOrder.DESCRIPTOR))
                .isEqualTo("1,1,0");
    }

    private static void dear(CostTable costs, int service, double cost) {
        costs.assign(service, 0, cost);
        costs.assign(service, 2, cost);
    }

    @Test
    void countsTrafficInBothDirections() {
        PlacementObjective distance = (request, costs) -> {
            costs.distance(0, 1, 9);
            costs.distance(1, 0, 1);
            costs.distance(0, 2, 4);
            costs.distance(2, 0, 4);
        };
        PlacementRequestBuilder out = builder(List.of(2, 2), List.of(2, 2, 2)).link(link(0, 1));
        PlacementRequestBuilder in = builder(List.of(2, 2), List.of(2, 2, 2)).link(link(1, 0));
        assertThat(columns(out, Map.of(distance, 1.0), ServiceOrder.DESCRIPTOR)).isEqualTo("0,2");
        assertThat(columns(in, Map.of(distance, 1.0), ServiceOrder.DESCRIPTOR)).isEqualTo("0,1");
    }

    @Test
    void theServiceWithTheLargestRegretIsPlacedFirst() {
        PlacementObjective prices = (request, costs) -> {
            costs.assign(0, 1, 1);
            costs.assign(1, 1, 100);
        };
        assertThat(columns(builder(List.of(2, 2), List.of(2, 2)), Map.of(prices, 1.0), ServiceOrder.DESCRIPTOR))
                .isEqualTo("0,1");
        assertThat(columns(builder(List.of(2, 2), List.of(2, 2)), Map.of(prices, 1.0), ServiceOrder.REGRET))
                .isEqualTo("1,0");
    }

    @Test
    void largestFirstFindsCapacityWhereDescriptorOrderNeedsAStepBack() {
        PlacementObjective first = (request, costs) -> {
            costs.assign(0, 1, 1);
            costs.assign(1, 1, 1);
        };
        for (ServiceOrder order : ServiceOrder.values()) {
            assertThat(columns(builder(List.of(1, 1, 4), List.of(4, 2)), Map.of(first, 1.0), order))
                    .isEqualTo("1,1,0");
        }
    }

    @Test
    void stayingIsCheaperThanMoving() {
        PlacementRequestBuilder builder =
                builder(List.of(1, 1), List.of(4, 4)).current(0, 1).current(1, 0);
        assertThat(columns(builder, Map.of(new MovesObjective(), 1.0), ServiceOrder.REGRET))
                .isEqualTo("1,0");
    }

    @Test
    void anOccupiedClusterIsOpenAlready() {
        List<ClusterCapacity> clusters = List.of(cluster(0, false), cluster(1, true));
        PlacementRequest request = new PlacementRequestBuilder(
                        new GraphId("p", "g"),
                        DecisionReason.DEPLOY,
                        List.of(new PlacementService("s0", new Resources(1000, 0, 0, 0), 1, 1)),
                        clusters)
                .build();
        PlacementObjective opening = (problem, costs) -> {
            costs.open(0, 1);
            costs.open(1, 1);
        };
        Placed placed = (Placed) place(Pricing.priced(request, Map.of(opening, 1.0)), ServiceOrder.REGRET);
        assertThat(placed.placement().clusterOf("s0")).contains(new ClusterId("test", "c1"));
    }

    @Test
    void stopsChoosingCarefullyWhenTheTimeIsUpAndReplaysThat() {
        PlacementRequest request = RandomProblems.federation(3, 100, 20, 0.6);
        AtomicInteger asked = new AtomicInteger();
        SimpleContext tenQuestions = new SimpleContext(
                () -> asked.incrementAndGet() > 10 ? 0 : 1000,
                OptionalLong.empty(),
                new GreedyParameters(ServiceOrder.REGRET));
        Placed hurried = (Placed) new GreedyStrategy().place(request, tenQuestions);
        assertThat(hurried.quality().workUnits()).hasValue(10);
        assertThat(Feasibility.violations(request, hurried.placement())).isEmpty();
        assertThat(hurried).isNotEqualTo(place(request, ServiceOrder.REGRET));
        SimpleContext replay = SimpleContext.unlimited()
                .withParameters(new GreedyParameters(ServiceOrder.REGRET))
                .withWorkBudget(10);
        assertThat(new GreedyStrategy().place(request, replay)).isEqualTo(hurried);
    }

    @ParameterizedTest
    @EnumSource(ServiceOrder.class)
    void placesAHundredServicesOnTwentyClusters(ServiceOrder order) {
        PlacementRequest request = RandomProblems.federation(3, 100, 20, 0.6);
        Placed placed = (Placed) place(request, order);
        assertThat(Feasibility.violations(request, placed.placement())).isEmpty();
    }

    @Property
    void everyAnswerKeepsAllRulesAndNoIsReallyNo(@ForAll long seed, @ForAll ServiceOrder order) {
        PlacementRequest request = RandomProblems.small(seed);
        if (place(request, order) instanceof Placed placed) {
            assertThat(Feasibility.violations(request, placed.placement())).isEmpty();
        } else {
            Optional<Placement> best = Enumeration.best(request);
            assertThat(best).isEmpty();
        }
    }

    @Property
    void theSameRequestHasTheSameAnswerWhateverTheOrderOfClusters(@ForAll long seed) {
        assertThat(place(RandomProblems.smallShuffled(seed), ServiceOrder.REGRET))
                .isEqualTo(place(RandomProblems.small(seed), ServiceOrder.REGRET));
    }

    private static PlacementResult place(PlacementRequest request, ServiceOrder order) {
        return new GreedyStrategy()
                .place(request, SimpleContext.unlimited().withParameters(new GreedyParameters(order)));
    }

    private static String columns(
            PlacementRequestBuilder builder, Map<PlacementObjective, Double> weights, ServiceOrder order) {
        PlacementRequest request = Pricing.priced(builder.build(), weights);
        return Columns.text(request, ((Placed) place(request, order)).placement());
    }

    private static PlacementLink link(int from, int to) {
        return new PlacementLink(from, to, 1, OptionalDouble.empty());
    }

    private static ClusterCapacity cluster(int number, boolean occupied) {
        Resources free = new Resources(4000, 0, 0, 0);
        return new ClusterCapacity(
                new ClusterId("test", "c" + number),
                free,
                free,
                occupied,
                Map.of(),
                EnergyProfile.UNKNOWN,
                ClusterSignals.UNKNOWN);
    }

    private static PlacementRequestBuilder builder(List<Integer> cores, List<Integer> capacities) {
        List<PlacementService> services = new ArrayList<>();
        for (int s = 0; s < cores.size(); s++) {
            services.add(new PlacementService("s" + s, new Resources(1000L * cores.get(s), 0, 0, 0), 1, 1));
        }
        List<ClusterCapacity> clusters = new ArrayList<>();
        for (int c = 0; c < capacities.size(); c++) {
            clusters.add(ClusterCapacity.of(
                    new ClusterId("test", "c" + c), new Resources(1000L * capacities.get(c), 0, 0, 0)));
        }
        return new PlacementRequestBuilder(new GraphId("p", "g"), DecisionReason.DEPLOY, services, clusters);
    }
}
