// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.strategies.placement;

import static eu.nephele.smo.core.strategies.StrategyHost.cluster;
import static eu.nephele.smo.core.strategies.StrategyHost.service;
import static eu.nephele.smo.core.strategies.StrategyHost.weights;
import static eu.nephele.smo.core.strategies.StrategyHost.wish;
import static org.assertj.core.api.Assertions.assertThat;

import eu.nephele.smo.api.model.Placement;
import eu.nephele.smo.api.model.Placement.Share;
import eu.nephele.smo.api.model.Resources;
import eu.nephele.smo.api.model.StrategySelection.ObjectiveWeight;
import eu.nephele.smo.api.placement.Costs;
import eu.nephele.smo.api.placement.DecisionReason;
import eu.nephele.smo.api.placement.PlacementLink;
import eu.nephele.smo.api.placement.PlacementObjective;
import eu.nephele.smo.api.placement.PlacementRequest;
import eu.nephele.smo.api.placement.PlacementRequestBuilder;
import eu.nephele.smo.api.placement.PlacementResult.Placed;
import eu.nephele.smo.api.placement.PlacementResult.Quality;
import eu.nephele.smo.api.placement.PlacementService;
import eu.nephele.smo.api.placement.PlacementStrategy;
import eu.nephele.smo.api.placement.ReplicaDivision;
import eu.nephele.smo.api.placement.ReplicaDivision.Proportion;
import eu.nephele.smo.core.contract.decision.PlacementOutcome;
import eu.nephele.smo.core.strategies.StrategyHost;
import eu.nephele.smo.core.strategies.placement.ObjectivePricerTest.Weighted;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NormalisedWeightsTest {

    private static final ObjectiveWeight HALF = new ObjectiveWeight(0.5, 0, true);

    /** Three services on three clusters; the first may not run on the third cluster; two links with 5 units of traffic together. */
    private static PlacementRequest request() {
        return new PlacementRequestBuilder(
                        StrategyHost.GRAPH,
                        DecisionReason.DEPLOY,
                        List.of(service("a", 1), service("b", 1), service("c", 1)),
                        List.of(cluster("c1", 4), cluster("c2", 4), cluster("c3", 4)))
                .forbid(0, 2, "not there")
                .link(new PlacementLink(0, 1, 3, OptionalDouble.empty()))
                .link(new PlacementLink(1, 2, 2, OptionalDouble.empty()))
                .build();
    }

    private static PlacementOutcome decide(PlacementObjective objective, ObjectiveWeight weight) {
        return ObjectivePricerTest.decide(request(), Map.of("x", new Weighted(objective, weight)));
    }

    private static double range(PlacementObjective objective) {
        return decide(objective, HALF).terms().get(0).range().orElseThrow();
    }

    @Test
    void theRangeOfServicesIsTheirLargestLessTheirSmallestCostWhereTheyMayRun() {
        assertThat(range((request, costs) -> {
                    costs.assign(0, 0, 2);
                    costs.assign(0, 1, 5);
                    costs.assign(0, 2, 100);
                    costs.assign(1, 0, 7);
                    costs.assign(1, 1, 7);
                    costs.assign(1, 2, 7);
                    costs.assign(2, 2, 1);
                }))
                .isEqualTo(3 + 0 + 1);
    }

    @Test
    void theRangeOfOpeningIsThatOfAsManyClustersAsThereAreServices() {
        assertThat(range((request, costs) -> {
                    costs.open(0, 10);
                    costs.open(1, 20);
                    costs.open(2, 40);
                }))
                .isEqualTo(70);
        assertThat(rangeOfOpening(service("a", 1))).hasValue(20);
    }

    @Test
    void aServiceThatIsDividedCountsOneClusterForEachReplica() {
        Resources some = StrategyHost.cores(1);
        ReplicaDivision weighted = new ReplicaDivision(1, 1, 10, 0, Proportion.WEIGHTS, Map.of("c1", 2, "c2", 1));
        assertThat(rangeOfOpening(new PlacementService("a", some, 3, weighted))).hasValue(30);
        assertThat(rangeOfOpening(new PlacementService("a", some, 3, ReplicaDivision.over(2))))
                .hasValue(30);
        assertThat(rangeOfOpening(new PlacementService("a", some, 3, 1))).hasValue(20);
    }

    /** Of one service that may not run on the last of three clusters. */
    private static OptionalDouble rangeOfOpening(PlacementService service) {
        PlacementRequest request = new PlacementRequestBuilder(
                        StrategyHost.GRAPH,
                        DecisionReason.DEPLOY,
                        List.of(service),
                        List.of(cluster("c1", 4), cluster("c2", 4), cluster("c3", 4)))
                .forbid(0, 2, "not there")
                .build();
        try (StrategyHost strategyHost = new StrategyHost()) {
            strategyHost.objective("x", (problem, costs) -> {
                costs.open(0, 10);
                costs.open(1, 20);
                costs.open(2, 40);
            });
            List<Share> shares = service.isDivided()
                    ? List.of(share("c1", service.replicas() - 1), share("c2", 1))
                    : List.of(share("c1", service.replicas()));
            strategyHost.placement(
                    "splits",
                    (problem, context) -> new Placed(new Placement(Map.of(service.id(), shares)), Quality.HEURISTIC),
                    PlacementStrategy.SPLITS);
            return strategyHost
                    .decide(request, wish("request", "splits"), weights("descriptor", Map.of("x", HALF)))
                    .terms()
                    .get(0)
                    .range();
        }
    }

    private static Share share(String cluster, int replicas) {
        return new Share(StrategyHost.id(cluster), replicas);
    }

    @Test
    void theRangeOfTrafficIsTheLargestDistanceTimesAllOfIt() {
        assertThat(range((request, costs) -> {
                    costs.distance(0, 1, 4);
                    costs.distance(2, 0, 6);
                }))
                .isEqualTo(6 * 5);
    }

    @Test
    void aWeightCountsAShareOfTheRangeAndTheTermKeepsItsUnit() {
        PlacementObjective objective = (request, costs) -> {
            costs.assign(0, 0, 30);
            costs.assign(0, 1, 90);
            costs.open(0, 40);
        };
        PlacementOutcome outcome = decide(objective, HALF);
        Costs costs = outcome.request().costs().get(0);
        assertThat(costs.assign(0, 0)).isEqualTo(150_000); // 0.5 × 30 / 100
        assertThat(costs.assign(0, 1)).isEqualTo(450_000);
        assertThat(costs.open(0)).isEqualTo(200_000);
        assertThat(outcome.terms()).singleElement().satisfies(term -> {
            assertThat(term.value()).isEqualTo(70); // all on the first cluster
            assertThat(term.range()).hasValue(100);
            assertThat(term.weight()).isEqualTo(HALF);
        });
    }

    @Test
    void anObjectiveWithoutRangeCountsNothing() {
        PlacementOutcome outcome = decide(
                (request, costs) -> {
                    for (int c = 0; c < 3; c++) {
                        costs.assign(0, c, 7);
                    }
                },
                HALF);
        assertThat(outcome.request().costs().get(0).assign(0, 0)).isZero();
        assertThat(outcome.terms()).singleElement().satisfies(term -> {
            assertThat(term.value()).isEqualTo(7);
            assertThat(term.range()).hasValue(0);
        });
    }

    @Test
    void aPlainWeightHasNoRange() {
        PlacementOutcome outcome = decide((request, costs) -> costs.assign(0, 0, 30), ObjectiveWeight.of(0.5));
        assertThat(outcome.request().costs().get(0).assign(0, 0)).isEqualTo(15_000_000);
        assertThat(outcome.terms().get(0).range()).isEmpty();
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3, 5, 8, 13, 21})
    void noTwoPlacementsDifferByMoreThanTheWeight(long seed) {
        PlacementObjective random = (request, costs) -> {
            Random numbers = new Random(seed);
            for (int c = 0; c < 3; c++) {
                for (int s = 0; s < 3; s++) {
                    costs.assign(s, c, numbers.nextDouble() * 50);
                    costs.distance(s, c, s == c ? 0 : numbers.nextDouble() * 10);
                }
                costs.open(c, numbers.nextDouble() * 20);
            }
        };
        PlacementRequest request = decide(random, HALF).request();
        long least = Long.MAX_VALUE;
        long most = 0;
        for (int placement = 0; placement < 27; placement++) {
            int[] at = {placement % 3, placement / 3 % 3, placement / 9};
            if (request.allowed(0, at[0])) {
                long cost = cost(request.costs().get(0), at);
                least = Math.min(least, cost);
                most = Math.max(most, cost);
            }
        }
        assertThat(most - least).isBetween(1L, 500_000L + 20);
    }

    private static long cost(Costs costs, int... at) {
        long cost = 3 * costs.distance(at[0], at[1]) + 2 * costs.distance(at[1], at[2]);
        boolean[] open = new boolean[3];
        for (int s = 0; s < at.length; s++) {
            cost += costs.assign(s, at[s]) + (open[at[s]] ? 0 : costs.open(at[s]));
            open[at[s]] = true;
        }
        return cost;
    }
}
