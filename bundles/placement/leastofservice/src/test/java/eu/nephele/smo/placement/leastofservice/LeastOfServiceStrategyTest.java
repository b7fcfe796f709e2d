// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.placement.leastofservice;

import static org.assertj.core.api.Assertions.assertThat;

import eu.nephele.smo.api.model.ClusterCapacity;
import eu.nephele.smo.api.model.ClusterId;
import eu.nephele.smo.api.model.GraphId;
import eu.nephele.smo.api.model.Placement;
import eu.nephele.smo.api.model.Placement.Share;
import eu.nephele.smo.api.model.Resources;
import eu.nephele.smo.api.placement.DecisionReason;
import eu.nephele.smo.api.placement.Feasibility;
import eu.nephele.smo.api.placement.PlacementRequest;
import eu.nephele.smo.api.placement.PlacementRequestBuilder;
import eu.nephele.smo.api.placement.PlacementResult;
import eu.nephele.smo.api.placement.PlacementResult.Infeasible;
import eu.nephele.smo.api.placement.PlacementResult.Placed;
import eu.nephele.smo.api.placement.PlacementService;
import eu.nephele.smo.api.placement.ReplicaDivision;
import eu.nephele.smo.api.placement.ReplicaDivision.Proportion;
import eu.nephele.smo.lab.conformance.Enumeration;
import eu.nephele.smo.lab.conformance.RandomProblems;
import eu.nephele.smo.lab.conformance.SimpleContext;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LeastOfServiceStrategyTest {

    private static final Resources CONTAINER = new Resources(100, 0, 0, 0, Map.of(Resources.CONTAINERS, 1L));

    private final LeastOfServiceStrategy strategy = new LeastOfServiceStrategy();

    /** Containers of s0, s1 and so on, replicas there already, replicas in all. */
    @ParameterizedTest(name = "{0} containers, {1} replicas there, {2} wanted: {3}")
    @CsvSource(
            delimiter = '|',
            value = {
                // nothing is there: in turn, the first by name gets what is over
                "12 12 12 | 0 0 0 | 1 | 1 0 0",
                "12 12 12 | 0 0 0 | 2 | 1 1 0",
                "12 12 12 | 0 0 0 | 7 | 3 2 2",
                // one more goes where the fewest are
                "12 12 12 | 2 1 2 | 6 | 2 2 2",
                "12 12 12 | 2 0 1 | 4 | 2 1 1",
                "12 12 12 | 1 1 1 | 4 | 2 1 1",
                "12 12 12 | 5 0 0 | 6 | 5 1 0",
                // a full server takes none
                "2 12 1 | 2 3 1 | 7 | 2 4 1",
                "1 1 9 | 0 0 0 | 5 | 1 1 3",
                // one less goes from where the most are, the last by name
                "12 12 12 | 3 1 1 | 4 | 2 1 1",
                "12 12 12 | 2 2 2 | 5 | 2 2 1",
                "12 12 12 | 1 1 1 | 1 | 1 0 0",
            })
    void eachReplicaGoesWhereTheFewestOfItsServiceAre(String containers, String there, int replicas, String expected) {
        PlacementRequestBuilder builder = servers(containers, service("web", replicas, even(3)));
        builder.current(new Placement(Map.of("web", shares(there))));
        assertThat(replicas(builder.build(), "web")).isEqualTo(expected);
    }

    @Test
    void otherServicesTakeRoomAndDoNotCount() {
        PlacementRequestBuilder builder =
                servers("3 3", service("web", 2, even(2)), service("api", 2, even(2)), service("job", 2, even(2)));
        PlacementRequest request = builder.build();
        assertThat(List.of("web", "api", "job"))
                .allSatisfy(id -> assertThat(replicas(request, id)).isEqualTo("1 1"));
        PlacementRequest tight = servers("1 3", service("web", 2, even(2)), service("api", 2, even(2)))
                .build();
        assertThat(replicas(tight, "web")).isEqualTo("1 1");
        assertThat(replicas(tight, "api")).isEqualTo("0 2");
    }

    @Test
    void serversWithoutAWeightAreNotUsedAndWeightsAreNoProportion() {
        ReplicaDivision weights =
                new ReplicaDivision(1, 1, 9, 0, Proportion.WEIGHTS, Map.of("docker/s0", 5, "docker/s2", 1));
        assertThat(replicas(servers("9 9 9", service("web", 4, weights)).build(), "web"))
                .isEqualTo("2 0 2");
    }

    /** Weights of s0, s1 and so on, replicas there already, replicas in all. */
    @ParameterizedTest(name = "weights {0}, {1} replicas there, {2} wanted: {3}")
    @CsvSource(
            delimiter = '|',
            value = {
                // the largest weight gets what is over, the smallest gives it back
                "1 2 3 | 0 0 0 | 1 | 0 0 1",
                "1 3 2 | 0 0 0 | 2 | 0 1 1",
                "1 3 2 | 1 1 0 | 1 | 0 1 0",
                "1 3 2 | 2 1 0 | 1 | 0 1 0",
                "1 3 2 | 1 0 0 | 1 | 1 0 0",
                "1 3 2 | 0 0 0 | 7 | 2 3 2",
                "1 3 2 | 1 1 1 | 4 | 1 2 1",
                "1 3 2 | 2 2 2 | 5 | 1 2 2",
                "3 1 1 | 2 2 2 | 5 | 2 2 1",
                // and nothing else
                "1 1 9 | 0 0 1 | 2 | 1 0 1",
                "9 1 1 | 2 1 1 | 3 | 1 1 1",
            })
    void amongEqualsTheLargerWeightWins(String weights, String there, int replicas, String expected) {
        Map<String, Integer> byServer = new TreeMap<>();
        for (String weight : weights.split(" ", -1)) {
            byServer.put(id(byServer.size()).toString(), Integer.valueOf(weight));
        }
        ReplicaDivision division = new ReplicaDivision(1, 1, Integer.MAX_VALUE, 0, Proportion.WEIGHTS, byServer);
        PlacementRequestBuilder builder = servers("12 12 12", service("web", replicas, division));
        builder.current(new Placement(Map.of("web", shares(there))));
        assertThat(replicas(builder.build(), "web")).isEqualTo(expected);
    }

    @Test
    void aLimitOfEachServerIsKept() {
        ReplicaDivision atMostTwo = new ReplicaDivision(
                1, 1, 2, 0, Proportion.WEIGHTS, Map.of("docker/s0", 1, "docker/s1", 1, "docker/s2", 1));
        PlacementRequestBuilder builder = servers("9 9 1", service("web", 5, atMostTwo));
        assertThat(replicas(builder.build(), "web")).isEqualTo("2 2 1");
        Infeasible tooMany = (Infeasible)
                place(servers("9 9 1", service("web", 6, atMostTwo)).build());
        assertThat(tooMany.reasons()).containsOnlyKeys("web");
    }

    @Test
    void aServiceThatIsWholeStaysOrGoesToTheFirstServerWithRoom() {
        PlacementRequestBuilder builder = servers("1 9 9", service("web", 2, ReplicaDivision.WHOLE));
        assertThat(replicas(builder.build(), "web")).isEqualTo("0 2 0");
        builder.current(new Placement(Map.of("web", shares("0 0 2"))));
        assertThat(replicas(builder.build(), "web")).isEqualTo("0 0 2");
        builder.forbid(0, 2, "the cluster is being emptied");
        assertThat(replicas(builder.build(), "web")).isEqualTo("0 2 0");
    }

    @Test
    void aServerOnWhichItMayNotBeLosesItsReplicas() {
        PlacementRequestBuilder builder = servers("9 9 9", service("web", 4, even(3)));
        builder.current(new Placement(Map.of("web", shares("2 1 1"))));
        builder.forbid(0, 0, "the cluster is being emptied");
        assertThat(replicas(builder.build(), "web")).isEqualTo("0 2 2");
    }

    @Test
    void saysWhyNotTheOtherServers() {
        PlacementRequest request = servers("9 0 9", service("web", 1, even(3))).build();
        Placed placed = (Placed) place(request);
        assertThat(placed.rejected().get("web"))
                .containsEntry(id(1), "needs 1 of containers, 0 free")
                .containsEntry(id(2), "its replicas go one by one where the fewest of them are: 1 on s0");
        assertThat(placed.beyondLimits()).isEmpty();
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

    @Test
    void alsoLargeFederationsArePlacedInTime() {
        PlacementRequest request = RandomProblems.federation(5, 1000, 100, 0.08);
        Placed placed = (Placed) strategy.place(request, SimpleContext.within(5000));
        assertThat(Feasibility.violations(request, placed.placement())).isEmpty();
    }

    private PlacementResult place(PlacementRequest request) {
        return strategy.place(request, SimpleContext.unlimited());
    }

    /** Replicas on s0, s1 and so on. */
    private String replicas(PlacementRequest request, String service) {
        Placed placed = (Placed) place(request);
        assertThat(Feasibility.violations(request, placed.placement())).isEmpty();
        Map<ClusterId, Integer> replicas = new TreeMap<>();
        request.clusters().forEach(cluster -> replicas.put(cluster.id(), 0));
        placed.placement()
                .of(service)
                .forEach(share -> replicas.merge(share.cluster(), share.replicas(), Integer::sum));
        return replicas.values().stream().map(String::valueOf).collect(Collectors.joining(" "));
    }

    private static PlacementService service(String id, int replicas, ReplicaDivision division) {
        return new PlacementService(id, CONTAINER, replicas, division);
    }

    /** Equal weights on so many servers. */
    private static ReplicaDivision even(int servers) {
        return new ReplicaDivision(
                1,
                1,
                Integer.MAX_VALUE,
                0,
                Proportion.WEIGHTS,
                IntStream.range(0, servers).boxed().collect(Collectors.toMap(c -> id(c).toString(), c -> 1)));
    }

    private static PlacementRequestBuilder servers(String containers, PlacementService... services) {
        List<ClusterCapacity> clusters = new ArrayList<>();
        for (String each : containers.split(" ", -1)) {
            clusters.add(ClusterCapacity.of(
                    id(clusters.size()),
                    new Resources(64_000, 0, 0, 0, Map.of(Resources.CONTAINERS, Long.valueOf(each)))));
        }
        return new PlacementRequestBuilder(new GraphId("p", "g"), DecisionReason.SCALE, List.of(services), clusters);
    }

    private static List<Share> shares(String replicas) {
        List<Share> shares = new ArrayList<>();
        for (String each : replicas.split(" ", -1)) {
            shares.add(new Share(id(shares.size()), Integer.parseInt(each)));
        }
        shares.removeIf(share -> share.replicas() == 0);
        return shares;
    }

    private static ClusterId id(int server) {
        return new ClusterId("docker", "s" + server);
    }
}
