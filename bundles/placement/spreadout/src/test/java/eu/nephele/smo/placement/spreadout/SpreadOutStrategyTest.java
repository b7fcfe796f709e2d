// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.placement.spreadout;

import static org.assertj.core.api.Assertions.assertThat;

import eu.nephele.smo.api.model.ClusterCapacity;
import eu.nephele.smo.api.model.ClusterId;
import eu.nephele.smo.api.model.GraphId;
import eu.nephele.smo.api.model.Resources;
import eu.nephele.smo.api.placement.DecisionReason;
import eu.nephele.smo.api.placement.Feasibility;
import eu.nephele.smo.api.placement.PlacementRequest;
import eu.nephele.smo.api.placement.PlacementRequestBuilder;
import eu.nephele.smo.api.placement.PlacementResult;
import eu.nephele.smo.api.placement.PlacementResult.Placed;
import eu.nephele.smo.api.placement.PlacementService;
import eu.nephele.smo.lab.conformance.Columns;
import eu.nephele.smo.lab.conformance.Enumeration;
import eu.nephele.smo.lab.conformance.RandomProblems;
import eu.nephele.smo.lab.conformance.SimpleContext;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SpreadOutStrategyTest {

    private final SpreadOutStrategy strategy = new SpreadOutStrategy();

    @Test
    void theLargestServiceGoesFirstToTheClusterThatStaysEmptiest() {
        assertThat(columns(builder(List.of(1, 4, 3), List.of(9, 4, 6)))).isEqualTo("1,0,2");
    }

    @Test
    void equalServicesAreOnEqualClustersInTurn() {
        assertThat(columns(builder(List.of(1, 1, 1, 1, 1), List.of(8, 8, 8)))).isEqualTo("0,1,2,0,1");
    }

    @Test
    void theLargestServiceFindsItsPlace() {
        assertThat(columns(builder(List.of(2, 2, 8), List.of(8, 4)))).isEqualTo("1,1,0");
    }

    @Test
    void theCertificateClaimsNothing() {
        Placed placed = (Placed) place(builder(List.of(1), List.of(1)).build());
        assertThat(placed.quality().lowerBoundMicros()).isEmpty();
        assertThat(placed.quality().stop()).isEqualTo(PlacementResult.StopReason.FINISHED);
    }

    @Test
    void groupsPairsApartAndForbiddenClustersAreKept() {
        assertThat(columns(builder(List.of(1, 1, 1), List.of(3, 3))
                        .together(List.of(0, 2))
                        .apart(0, 1)
                        .forbid(1, 0, "no")))
                .isEqualTo("0,1,0");
    }

    @ParameterizedTest(name = "{0} services, {1} clusters, {2} of the capacity spare, {3} ms")
    @CsvSource({"200, 20, 0.05, 5000", "1000, 100, 0.08, 5000", "1000, 100, 0.6, 1"})
    void alsoWhereTheRuleIsStuckOrTheTimeIsShortAPlacementIsFound(
            int services, int clusters, double spare, long millis) {
        PlacementRequest request = RandomProblems.federation(5, services, clusters, spare);
        long start = System.nanoTime();
        Placed placed = (Placed) strategy.place(request, SimpleContext.within(millis));
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofMillis(millis + 5_000));
        assertThat(Feasibility.violations(request, placed.placement())).isEmpty();
    }

    @Property
    void everyAnswerKeepsAllRulesAndNoIsReallyNo(@ForAll long seed) {
        PlacementRequest request = RandomProblems.small(seed);
        if (place(request) instanceof Placed placed) {
            assertThat(Feasibility.violations(request, placed.placement())).isEmpty();
            assertThat(placed.beyondLimits()).isEmpty();
        } else {
            assertThat(Enumeration.best(request)).isEmpty();
        }
    }

    @Property
    void theAnswerDoesNotDependOnTheOrderOfClusters(@ForAll long seed) {
        assertThat(place(RandomProblems.smallShuffled(seed))).isEqualTo(place(RandomProblems.small(seed)));
    }

    private PlacementResult place(PlacementRequest request) {
        return strategy.place(request, SimpleContext.unlimited());
    }

    private String columns(PlacementRequestBuilder builder) {
        PlacementRequest request = builder.build();
        return Columns.text(request, ((Placed) place(request)).placement());
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
