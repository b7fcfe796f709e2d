// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.strategies.placement;

import static eu.nephele.smo.core.strategies.StrategyHost.cluster;
import static eu.nephele.smo.core.strategies.StrategyHost.service;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import eu.nephele.smo.api.model.ClusterCapacity;
import eu.nephele.smo.api.model.ClusterSignals;
import eu.nephele.smo.api.model.EnergyProfile;
import eu.nephele.smo.api.model.StrategySelection.ObjectiveWeight;
import eu.nephele.smo.api.placement.Costs;
import eu.nephele.smo.api.placement.DecisionReason;
import eu.nephele.smo.api.placement.PlacementLink;
import eu.nephele.smo.api.placement.PlacementObjective;
import eu.nephele.smo.api.placement.PlacementRequest;
import eu.nephele.smo.api.placement.PlacementRequestBuilder;
import eu.nephele.smo.core.contract.decision.ObjectivePricing.Priced;
import eu.nephele.smo.core.contract.decision.PlacementOutcome;
import eu.nephele.smo.core.contract.decision.StrategyFault;
import eu.nephele.smo.core.strategies.StrategyHost;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class ObjectivePricerTest {
    private static final PlacementRequest REQUEST = StrategyHost.request(DecisionReason.DEPLOY);

    static PlacementOutcome decide(PlacementRequest request, Map<String, Weighted> objectives) {
        try (StrategyHost strategyHost = new StrategyHost()) {
            strategyHost.placement("first-fit", StrategyHost.allOn(0));
            strategyHost.placement("greedy", StrategyHost.allOn(0), "levels");
            Map<String, ObjectiveWeight> weights = new TreeMap<>();
            objectives.forEach((name, weighted) -> {
                strategyHost.objective(name, weighted.objective());
                weights.put(name, weighted.weight());
            });
            return strategyHost.decide(request, StrategyHost.weights("request", weights));
        }
    }

    record Weighted(PlacementObjective objective, ObjectiveWeight weight) {}

    static Weighted assigning(double cost, double weight, int level) {
        return new Weighted((request, costs) -> costs.assign(0, 1, cost), new ObjectiveWeight(weight, level));
    }

    @ParameterizedTest
    @CsvSource({
        "0.1, 1, 100000",
        "0.0000005, 1, 0",
        "0.0000015, 1, 2",
        "0.0000025, 1, 2",
        "0.25, 0.6, 150000",
        "3, 2.5, 7500000"
    })
    void aCostBecomesMillionthsHalfToEven(double cost, double weight, long micros) {
        Costs costs = decide(REQUEST, Map.of("x", assigning(cost, weight, 0)))
                .request()
                .costs()
                .get(0);
        assertThat(costs.assign(0, 1)).isEqualTo(micros);
        assertThat(costs.assign(1, 1)).isZero();
    }

    static Stream<PlacementObjective> faulty() {
        return Stream.of(
                (request, costs) -> costs.assign(0, 0, Double.NaN),
                (request, costs) -> costs.open(0, Double.POSITIVE_INFINITY),
                (request, costs) -> costs.distance(0, 1, -0.001),
                (request, costs) -> costs.assign(0, 0, 1e14),
                (request, costs) -> {
                    for (int s = 0; s < 2; s++) {
                        costs.assign(s, 0, 2e12);
                    }
                });
    }

    @ParameterizedTest
    @MethodSource("faulty")
    void whatIsNoCostMakesTheObjectiveFaulty(PlacementObjective bad) {
        PlacementOutcome outcome =
                decide(REQUEST, Map.of("bad", new Weighted(bad, ObjectiveWeight.of(1)), "good", assigning(1, 1, 0)));
        assertThat(outcome.faults())
                .extracting(StrategyFault::who, StrategyFault::what)
                .containsExactly(tuple("bad 0.0.0", "invalid_cost"));
        assertThat(outcome.terms()).extracting(term -> term.objective()).containsExactly("good");
        assertThat(outcome.request().costs().get(0).assign(0, 0)).isZero();
        assertThat(outcome.request().costs().get(0).assign(0, 1)).isEqualTo(Costs.MICROS);
    }

    @Test
    void anObjectiveThatThrowsOrIsMissingIsLeftOut() {
        Weighted throwing = new Weighted((request, costs) -> costs.assign(7, 0, 1), ObjectiveWeight.of(1));
        try (StrategyHost strategyHost = new StrategyHost()) {
            strategyHost.placement("first-fit", StrategyHost.allOn(0));
            strategyHost.objective("throwing", throwing.objective());
            PlacementOutcome outcome = strategyHost.decide(
                    REQUEST,
                    StrategyHost.wish("request", "first-fit"),
                    StrategyHost.weights(
                            "request", Map.of("throwing", ObjectiveWeight.of(1), "gone", ObjectiveWeight.of(1))));
            assertThat(outcome.faults())
                    .extracting(StrategyFault::what)
                    .containsExactlyInAnyOrder("exception", "missing");
            assertThat(outcome.fallback()).isFalse();
        }
    }

    @Test
    void aCellThatIsSetAgainIsMended() {
        Weighted mending = new Weighted(
                (request, costs) -> {
                    costs.assign(0, 1, Double.NaN);
                    costs.assign(0, 1, 2);
                },
                ObjectiveWeight.of(1));
        PlacementOutcome outcome = decide(REQUEST, Map.of("x", mending));
        assertThat(outcome.faults()).isEmpty();
        assertThat(outcome.request().costs().get(0).assign(0, 1)).isEqualTo(2 * Costs.MICROS);
    }

    @Test
    void everyObjectiveWithAWeightIsAskedOncePerProblemAndNoOther() {
        AtomicInteger asked = new AtomicInteger();
        Weighted counting = new Weighted((request, costs) -> asked.incrementAndGet(), ObjectiveWeight.of(1));
        decide(REQUEST, Map.of("x", counting));
        assertThat(asked).hasValue(1);
        decide(REQUEST, Map.of("x", new Weighted(counting.objective(), ObjectiveWeight.of(0))));
        assertThat(asked).hasValue(1);
    }

    @Test
    void anOccupiedClusterIsOpenAndNoClusterIsFarFromItself() {
        ClusterCapacity occupied = new ClusterCapacity(
                StrategyHost.id("c1"),
                StrategyHost.cores(4),
                StrategyHost.cores(8),
                true,
                Map.of(),
                EnergyProfile.UNKNOWN,
                ClusterSignals.UNKNOWN);
        PlacementRequest request = new PlacementRequestBuilder(
                        StrategyHost.GRAPH,
                        DecisionReason.DEPLOY,
                        List.of(service("a", 1), service("b", 1)),
                        List.of(occupied, cluster("c2", 4)))
                .link(new PlacementLink(0, 1, 4, OptionalDouble.empty()))
                .build();
        Weighted everywhere = new Weighted(
                (r, costs) -> {
                    for (int c = 0; c < 2; c++) {
                        costs.open(c, 5);
                        costs.distance(c, c, 5);
                        costs.distance(c, 1 - c, 5);
                    }
                },
                ObjectiveWeight.of(1));
        PlacementOutcome outcome = decide(request, Map.of("x", everywhere));
        Costs costs = outcome.request().costs().get(0);
        assertThat(List.of(costs.open(0), costs.open(1))).containsExactly(0L, 5 * Costs.MICROS);
        assertThat(List.of(costs.distance(0, 0), costs.distance(0, 1))).containsExactly(0L, 5 * Costs.MICROS);
        assertThat(outcome.terms().get(0).value()).isZero();
    }

    @Test
    void pricesAreAvailableLongAfterTheDecision() {
        try (StrategyHost strategyHost = new StrategyHost()) {
            strategyHost.objective("carbon", (request, costs) -> costs.assign(1, 1, 0.5));
            List<Priced> priced = strategyHost
                    .strategies
                    .pricing()
                    .price(REQUEST, Map.of("carbon", ObjectiveWeight.of(2), "gone", ObjectiveWeight.of(1)));
            assertThat(priced).singleElement().satisfies(table -> {
                assertThat(table.objective()).isEqualTo("carbon");
                assertThat(table.unit()).isEqualTo("carbon units");
                assertThat(table.weight()).isEqualTo(ObjectiveWeight.of(2));
                assertThat(table.assign(1, 1)).isEqualTo(0.5);
                assertThat(table.open(0)).isZero();
                assertThat(table.distance(0, 1)).isZero();
            });
        }
    }
}
