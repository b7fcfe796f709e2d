// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.placement.solver;

import static org.assertj.core.api.Assertions.assertThat;

import eu.nephele.smo.api.model.ClusterCapacity;
import eu.nephele.smo.api.model.ClusterId;
import eu.nephele.smo.api.model.GraphId;
import eu.nephele.smo.api.model.Resources;
import eu.nephele.smo.api.placement.DecisionReason;
import eu.nephele.smo.api.placement.PlacementRequest;
import eu.nephele.smo.api.placement.PlacementRequestBuilder;
import eu.nephele.smo.api.placement.PlacementService;
import eu.nephele.smo.api.placement.ReplicaDivision;
import eu.nephele.smo.api.placement.ReplicaDivision.Proportion;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ShareSizesTest {

    private static final int MANY = Integer.MAX_VALUE;

    @Test
    void equalSharesMayGoAnywhere() {
        assertThat(sizes(request(7, limits(3, 1, MANY, 0), 9, 9, 9, 9), false)).containsExactly("3", "2", "2");
    }

    @Test
    void asFewClustersAsTheLimitsAllow() {
        assertThat(sizes(request(7, limits(1, 1, 3, 0), 9, 9, 9, 9), false)).containsExactly("3", "2", "2");
        assertThat(sizes(request(6, limits(1, 1, MANY, 50), 9, 9, 9, 9), false)).containsExactly("3", "3");
    }

    @Test
    void sharesThatFitAreUnequalWhereClustersAre() {
        PlacementRequest request = request(7, limits(2, 1, MANY, 0), 2, 5, 1);
        assertThat(sizes(request, true)).containsExactly("5", "2");
    }

    @Test
    void moreClustersWhereFewHaveNoRoom() {
        assertThat(sizes(request(7, limits(2, 1, MANY, 0), 3, 3, 3), true)).containsExactly("3", "2", "2");
    }

    @Test
    void weightsAndFreeCapacitySayTheClusters() {
        ReplicaDivision weights = new ReplicaDivision(1, 1, MANY, 0, Proportion.WEIGHTS, Map.of("c0", 1, "c2", 3));
        assertThat(sizes(request(4, weights, 9, 9, 9), false)).containsExactly("1 on c0", "3 on c2");
        assertThat(sizes(request(4, weights, 9, 9, 2), false)).containsExactly("2 on c0", "2 on c2");
        ReplicaDivision free = new ReplicaDivision(2, 1, MANY, 0, Proportion.FREE_CAPACITY, Map.of());
        assertThat(sizes(request(6, free, 2, 3, 6), false)).containsExactly("2 on c1", "4 on c2");
    }

    @Test
    void sharesByFreeCapacityStayWhereTheyAre() {
        ReplicaDivision free = new ReplicaDivision(2, 1, MANY, 0, Proportion.FREE_CAPACITY, Map.of());
        PlacementRequestBuilder builder = builder(4, free, 4, 9, 4);
        builder.current(0, 0);
        builder.current(0, 2);
        assertThat(sizes(builder.build(), false)).containsExactly("2 on c0", "2 on c2");
    }

    @Test
    void obstaclesSayWhatIsMissing() {
        assertThat(sizes(request(4, limits(3, 1, MANY, 0), 9, 9, 0), false))
                .containsExactly("its replicas have to be on 3 clusters or more, 2 can take some");
        assertThat(sizes(request(2, limits(1, 3, MANY, 0), 9, 9), false))
                .containsExactly("2 replicas cannot be divided as its limits want it");
        assertThat(sizes(request(9, limits(2, 1, MANY, 0), 4, 4), true))
                .containsExactly("the clusters on which it may be have no capacity for 9 replicas within its limits");
    }

    private static ReplicaDivision limits(int over, int min, int max, int surviving) {
        return new ReplicaDivision(over, min, max, surviving, Proportion.EQUAL, Map.of());
    }

    private static List<String> sizes(PlacementRequest request, boolean asItFits) {
        return new ShareSizes(request, 0)
                .items(asItFits).stream()
                        .map(item -> item.share().isEmpty()
                                ? item.obstacle()
                                : item.share().getAsInt()
                                        + (item.cluster().isPresent()
                                                ? " on c" + item.cluster().getAsInt()
                                                : ""))
                        .toList();
    }

    private static PlacementRequest request(int replicas, ReplicaDivision division, int... rooms) {
        return builder(replicas, division, rooms).build();
    }

    private static PlacementRequestBuilder builder(int replicas, ReplicaDivision division, int... rooms) {
        List<ClusterCapacity> clusters = IntStream.range(0, rooms.length)
                .mapToObj(c -> ClusterCapacity.of(
                        new ClusterId("test", "c" + c), new Resources(rooms[c] * 1000L, 1L << 40, 0, 0)))
                .toList();
        PlacementService service = new PlacementService("s", new Resources(1000, 1, 0, 0), replicas, division);
        return new PlacementRequestBuilder(new GraphId("p", "g"), DecisionReason.DEPLOY, List.of(service), clusters);
    }
}
