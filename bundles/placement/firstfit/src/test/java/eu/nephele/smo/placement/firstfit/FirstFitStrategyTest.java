// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.placement.firstfit;

import static org.assertj.core.api.Assertions.assertThat;

import eu.nephele.smo.api.model.ClusterCapacity;
import eu.nephele.smo.api.model.ClusterId;
import eu.nephele.smo.api.model.GraphId;
import eu.nephele.smo.api.model.Resources;
import eu.nephele.smo.api.placement.DecisionReason;
import eu.nephele.smo.api.placement.Feasibility;
import eu.nephele.smo.api.placement.PlacementLink;
import eu.nephele.smo.api.placement.PlacementRequest;
import eu.nephele.smo.api.placement.PlacementRequestBuilder;
import eu.nephele.smo.api.placement.PlacementResult;
import eu.nephele.smo.api.placement.PlacementResult.Infeasible;
import eu.nephele.smo.api.placement.PlacementResult.Placed;
import eu.nephele.smo.api.placement.PlacementService;
import eu.nephele.smo.lab.conformance.Columns;
import eu.nephele.smo.lab.conformance.Pricing;
import eu.nephele.smo.lab.conformance.RandomProblems;
import eu.nephele.smo.lab.conformance.ReferencePlacements;
import eu.nephele.smo.lab.conformance.SimpleContext;
import eu.nephele.smo.placement.carbon.CarbonObjective;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FirstFitStrategyTest {

    private final FirstFitStrategy strategy = new FirstFitStrategy();

    @ParameterizedTest(name = "{0} → {1}")
    @CsvSource(
            delimiter = '|',
            value = {"P-1|0,0", "P-2|0,1", "P-11|0,1,1"})
    void placesTheGoldenVectors(String id, String expected) {
        PlacementRequest request = ReferencePlacements.request(id);
        assertThat(place(request))
                .isInstanceOfSatisfying(Placed.class, placed -> assertThat(Columns.text(request, placed.placement()))
                        .isEqualTo(expected));
    }

    /** The first use of the default strategy by a newcomer. */
    @Test
    void saysWhyNotTheOtherClusters() {
        PlacementRequest request = ReferencePlacements.request("P-2");
        Placed placed = (Placed) place(request);
        String first = request.clusters().get(0).id().name();

        assertThat(placed.rejected().get("s0"))
                .containsEntry(request.clusters().get(1).id(), first + " comes first by name, and it fits there");
        assertThat(placed.rejected().get("s1").get(request.clusters().get(0).id()))
                .contains("needs");
        assertThat(placed.beyondLimits()).isEmpty();
    }

    /** 1,000 services on 100 clusters: more than an answer may hold, and than a record should. */
    @Test
    void saysNothingWhereThatWouldBeTooMuch() {
        List<PlacementService> services = IntStream.range(0, 1_000)
                .mapToObj(s -> new PlacementService("s" + s, new Resources(1, 1, 0, 0), 1, 1))
                .toList();
        List<ClusterCapacity> clusters = IntStream.range(0, 100)
                .mapToObj(c -> ClusterCapacity.of(new ClusterId("test", "c" + c), new Resources(100, 100, 0, 0)))
                .toList();
        Placed placed = (Placed) place(
                new PlacementRequestBuilder(new GraphId("p", "g"), DecisionReason.DEPLOY, services, clusters).build());

        assertThat(placed.beyondLimits()).isEmpty();
        assertThat(placed.rejected().values())
                .allSatisfy(reasons -> assertThat(reasons).isEmpty());
    }

    @Test
    void theNaivePlacementOfP11HasRelativeCarbon13() {
        PlacementRequest request =
                Pricing.priced(ReferencePlacements.request("P-11"), Map.of(CarbonObjective.reference(), 1.0));
        Placed placed = (Placed) place(request);
        assertThat(Pricing.total(request, placed.placement(), 0)).isEqualTo(13_000_000);
    }

    @ParameterizedTest(name = "{0}: {1} {2}")
    @CsvSource({
        "P-3, s0, a single service requires more CPU than the largest cluster",
        "P-4, s1, a single service requires more CPU than the largest cluster",
        "P-5, s2, service s2 does not fit on any cluster",
        "P-8, s0, a single service requires more CPU than the largest cluster"
    })
    void saysWhatTheReferenceSaysPerServiceAndCluster(String id, String service, String error) {
        PlacementRequest request = ReferencePlacements.request(id);
        Infeasible infeasible = (Infeasible) place(request);
        assertThat(infeasible.reasons()).containsOnlyKeys(service);
        assertThat(infeasible.reasons().get(service))
                .hasSize(request.clusters().size())
                .allSatisfy((cluster, why) -> assertThat(why).startsWith(error).contains("needs"));
    }

    @Test
    void saysThatAllClustersTogetherAreTooSmall() {
        Infeasible infeasible =
                (Infeasible) place(builder(List.of(3, 3, 3), List.of(4, 4)).build());
        assertThat(infeasible.reasons().get("s2").get(cluster(0)))
                .isEqualTo("insufficient total cluster capacity: needs 3 cores, 1 free");
    }

    @Test
    void withoutAClusterSaysThatThereIsNone() {
        Infeasible infeasible =
                (Infeasible) place(builder(List.of(1, 1), List.of()).build());
        assertThat(infeasible.reasons()).containsOnlyKeys("s0", "s1");
        assertThat(infeasible.counterfactual()).contains("no available cluster");
    }

    @Test
    void withoutAServicePlacesNothing() {
        assertThat(place(builder(List.of(), List.of(1)).build())).isInstanceOf(Placed.class);
    }

    @Test
    void countsGpusInsteadOfAFlag() {
        Resources oneGpu = new Resources(100, 0, 0, 1);
        List<PlacementService> services = List.of(
                new PlacementService("s0", oneGpu, 1, 1),
                new PlacementService("s1", oneGpu, 2, 1),
                new PlacementService("s2", oneGpu, 1, 1));
        List<ClusterCapacity> clusters = List.of(
                ClusterCapacity.of(cluster(0), new Resources(4000, 0, 0, 2)),
                ClusterCapacity.of(cluster(1), new Resources(4000, 0, 0, Resources.UNLIMITED)));
        PlacementRequest request =
                new PlacementRequestBuilder(new GraphId("p", "g"), DecisionReason.DEPLOY, services, clusters).build();
        assertThat(columns(request)).isEqualTo("0,1,0");
    }

    @Test
    void fillsAClusterToTheLastMillicore() {
        assertThat(columns(builder(List.of(2, 2, 1), List.of(4, 4)).build())).isEqualTo("0,0,1");
    }

    @Test
    void servicesThatBelongTogetherMoveOnTogether() {
        assertThat(columns(builder(List.of(2, 1, 3), List.of(4, 5))
                        .together(List.of(0, 2))
                        .build()))
                .isEqualTo("1,0,1");
    }

    @Test
    void servicesThatMustBeApartAre() {
        assertThat(columns(builder(List.of(1, 1, 1), List.of(9, 9)).apart(0, 2).build()))
                .isEqualTo("0,0,1");
    }

    @Test
    void latencyLimitsAreKeptAndUnknownLatencyIsTooLong() {
        PlacementRequestBuilder builder = builder(List.of(2, 2), List.of(2, 2, 2))
                .link(new PlacementLink(0, 1, 1, OptionalDouble.of(10)))
                .latency(0, 2, 10);
        assertThat(columns(builder.build())).isEqualTo("0,2");
    }

    @Test
    void explainsWhatForbidsACluster() {
        PlacementRequestBuilder builder =
                builder(List.of(1), List.of(1, 1)).forbid(0, 0, "not in the EU").forbid(0, 1, "edge only");
        Infeasible infeasible = (Infeasible) place(builder.build());
        assertThat(infeasible.reasons().get("s0").get(cluster(1))).endsWith(": edge only");
    }

    @Property
    void everyAnswerKeepsAllRules(@ForAll long seed) {
        PlacementRequest request = RandomProblems.small(seed);
        PlacementResult result = place(request);
        if (result instanceof Placed placed) {
            assertThat(Feasibility.violations(request, placed.placement())).isEmpty();
        } else {
            assertThat(((Infeasible) result).reasons().values())
                    .isNotEmpty()
                    .allSatisfy(byCluster -> assertThat(byCluster).hasSameSizeAs(request.clusters()));
        }
    }

    @Property
    void theAnswerDoesNotDependOnTheOrderOfClusters(@ForAll long seed) {
        assertThat(place(RandomProblems.smallShuffled(seed))).isEqualTo(place(RandomProblems.small(seed)));
    }

    private PlacementResult place(PlacementRequest request) {
        return strategy.place(request, SimpleContext.unlimited());
    }

    private String columns(PlacementRequest request) {
        return Columns.text(request, ((Placed) place(request)).placement());
    }

    private static ClusterId cluster(int number) {
        return new ClusterId("test", "c" + number);
    }

    private static PlacementRequestBuilder builder(List<Integer> cores, List<Integer> capacities) {
        List<PlacementService> services = new ArrayList<>();
        for (int s = 0; s < cores.size(); s++) {
            services.add(new PlacementService("s" + s, new Resources(1000L * cores.get(s), 0, 0, 0), 1, 1));
        }
        List<ClusterCapacity> clusters = new ArrayList<>();
        for (int c = 0; c < capacities.size(); c++) {
            clusters.add(ClusterCapacity.of(cluster(c), new Resources(1000L * capacities.get(c), 0, 0, 0)));
        }
        return new PlacementRequestBuilder(new GraphId("p", "g"), DecisionReason.DEPLOY, services, clusters);
    }
}
