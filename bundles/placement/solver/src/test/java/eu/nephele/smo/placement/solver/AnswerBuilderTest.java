// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.placement.solver;

import static org.assertj.core.api.Assertions.assertThat;

import eu.nephele.smo.api.model.ClusterCapacity;
import eu.nephele.smo.api.model.ClusterId;
import eu.nephele.smo.api.model.GraphId;
import eu.nephele.smo.api.model.Placement;
import eu.nephele.smo.api.model.Resources;
import eu.nephele.smo.api.placement.Costs;
import eu.nephele.smo.api.placement.DecisionReason;
import eu.nephele.smo.api.placement.PlacementLink;
import eu.nephele.smo.api.placement.PlacementRequest;
import eu.nephele.smo.api.placement.PlacementRequestBuilder;
import eu.nephele.smo.api.placement.PlacementResult;
import eu.nephele.smo.api.placement.PlacementResult.Infeasible;
import eu.nephele.smo.api.placement.PlacementResult.Placed;
import eu.nephele.smo.api.placement.PlacementResult.StopReason;
import eu.nephele.smo.api.placement.PlacementService;
import eu.nephele.smo.lab.conformance.Columns;
import eu.nephele.smo.lab.conformance.SimpleContext;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

class AnswerBuilderTest {

    private static final ClusterId C1 = new ClusterId("test", "c1");
    private static final ClusterId C2 = new ClusterId("test", "c2");

    private final Incumbent incumbent = new Incumbent();

    private static PlacementRequestBuilder builder(PlacementService... services) {
        Resources free = new Resources(1000, 0, 0, 0);
        return new PlacementRequestBuilder(
                new GraphId("p", "g"),
                DecisionReason.DEPLOY,
                List.of(services),
                List.of(ClusterCapacity.of(C1, free), ClusterCapacity.of(C2, free)));
    }

    private static PlacementService service(String id, long cpuMillis, int replicas, int overClusters) {
        return new PlacementService(id, new Resources(cpuMillis, 0, 0, 0), replicas, overClusters);
    }

    private static PlacementRequest priced(PlacementRequestBuilder builder) {
        return builder.build().withCosts(List.of(new Costs() {
            @Override
            public long assign(int service, int cluster) {
                return cluster == 0 ? 100 : 150;
            }

            @Override
            public long open(int cluster) {
                return 0;
            }

            @Override
            public long distance(int from, int to) {
                return 0;
            }
        }));
    }

    private AnswerBuilder answer(PlacementRequest request) {
        WorkBudget work = new WorkBudget(SimpleContext.unlimited());
        work.spend(42);
        return new AnswerBuilder(RequestProblem.from(request), incumbent, work);
    }

    private static Evidence evidence(PlacementRequest request, long bound) {
        return new Evidence(bound, new WholePrices(RequestProblem.from(request).problem()), List.of());
    }

    @Test
    void anAnswerHasItsPlacementItsBoundItsWorkAndItsGap() {
        PlacementRequest request = priced(builder(service("a", 100, 2, 1), service("b", 100, 1, 1)));
        incumbent.offer(new int[] {1, 0}, new long[] {250, 0, 0});
        Placed proven = (Placed) answer(request).proven(true, evidence(request, 250));
        assertThat(proven.placement()).isEqualTo(Columns.placement(request, 1, 0));
        assertThat(proven.placement().replicasOf("a")).isEqualTo(2);
        assertThat(proven.quality().stop()).isEqualTo(StopReason.PROVEN_OPTIMAL);
        assertThat(proven.quality().lowerBoundMicros()).hasValue(250);
        assertThat(proven.quality().workUnits()).hasValue(42);
        assertThat(proven.quality().note()).isEmpty();
        Placed tied = (Placed) answer(request).proven(false, evidence(request, 250));
        assertThat(tied.quality().note()).isEqualTo("proven in cost; the tie-break among equals is not finished");
        Placed open = (Placed) answer(request).unproven(StopReason.BUDGET, 200, evidence(request, 200), 0, "no time");
        assertThat(open.quality().note()).isEqualTo("no time; gap to the lower bound 20.00 % of the cost");
        assertThat(open.quality().stop()).isEqualTo(StopReason.BUDGET);
        assertThat(open.quality().lowerBoundMicros()).hasValue(200);
    }

    @Test
    void whereSomethingElseIsMinimisedNoBoundIsTold() {
        PlacementRequest request = priced(builder(service("a", 100, 1, 1)));
        incumbent.offer(new int[] {1}, new long[] {7, 150, 0, 0});
        Placed proven = (Placed) answer(request).withoutBound(StopReason.FINISHED, "seven", true);
        assertThat(proven.placement()).isEqualTo(Columns.placement(request, 1));
        assertThat(proven.quality().lowerBoundMicros()).isEmpty();
        assertThat(proven.quality().workUnits()).hasValue(42);
        assertThat(proven.quality().note()).isEqualTo("seven: proven");
        Placed open = (Placed) answer(request).withoutBound(StopReason.BUDGET, "seven", false);
        assertThat(open.quality().note()).isEqualTo("seven");
        assertThat(open.quality().stop()).isEqualTo(StopReason.BUDGET);
    }

    @Test
    void withoutCostsThereIsNoGap() {
        PlacementRequest request = builder(service("a", 100, 1, 1)).build();
        incumbent.offer(new int[] {1}, new long[] {1, 100});
        Placed open = (Placed) answer(request).unproven(StopReason.FINISHED, 5, evidence(request, 0), 0, "done");
        assertThat(open.quality().lowerBoundMicros()).hasValue(0);
        assertThat(open.quality().note()).isEqualTo("done; gap to the lower bound 0.00 % of the cost");
    }

    @Test
    void whatIsNotFoundIsSaidForTheServiceThatIsInTheWay() {
        PlacementRequest request =
                priced(builder(service("a", 700, 1, 1), service("b", 600, 1, 1), service("c", 500, 1, 1)));
        assertThat(answer(request).trivial()).isEmpty();
        Infeasible unproven =
                (Infeasible) answer(request).unproven(StopReason.BUDGET, 0, evidence(request, 0), 2, "no time");
        assertThat(unproven.reasons()).containsOnlyKeys("c");
        assertThat(unproven.reasons().get("c"))
                .containsExactly(
                        Map.entry(C1, "does not fit beside the other services, which is not proven: no time"),
                        Map.entry(C2, "does not fit beside the other services, which is not proven: no time"));
        assertThat(answer(request).provenInfeasible(1).reasons())
                .containsExactly(Map.entry(
                        "b",
                        Map.of(
                                C1, "does not fit beside the other services: proven",
                                C2, "does not fit beside the other services: proven")));
    }

    @Test
    void whatNeedsNoSearchIsAnsweredAtOnce() {
        assertThat(answer(builder().build()).trivial()).hasValueSatisfying(result -> {
            assertThat(((Placed) result).placement()).isEqualTo(Placement.NONE);
            assertThat(((Placed) result).quality().stop()).isEqualTo(StopReason.PROVEN_OPTIMAL);
        });
        PlacementRequest nowhere = new PlacementRequestBuilder(
                        new GraphId("p", "g"), DecisionReason.DEPLOY, List.of(service("a", 1, 1, 1)), List.of())
                .build();
        assertThat(answer(nowhere).trivial())
                .hasValueSatisfying(result ->
                        assertThat(((Infeasible) result).counterfactual()).contains("no available cluster"));
    }

    @Test
    void eachReasonAgainstAClusterIsNamed() {
        assertThat(reasons(builder(service("a", 2000, 1, 1))))
                .allSatisfy(
                        (service, byCluster) -> assertThat(byCluster.values()).containsOnly("needs 2 cores, 1 free"));
        assertThat(reasons(builder(service("a", 1, 3, 3))))
                .allSatisfy((service, byCluster) -> assertThat(byCluster.values())
                        .containsOnly("its replicas have to be on 3 clusters or more, 2 can take some"));
        PlacementRequestBuilder divided = builder(service("a", 1, 2, 2), service("b", 1, 1, 1));
        divided.together(List.of(0, 1));
        assertThat(reasons(divided).get("b"))
                .containsValue("its replicas have to be on several clusters, and it on the one of other services");
        assertThat(reasons(
                        builder(service("a", 1, 1, 1)).forbid(0, 0, "not there").forbid(0, 1, "nor there")))
                .containsExactly(Map.entry("a", Map.of(C1, "not there", C2, "nor there")));
        PlacementRequestBuilder both = builder(service("a", 1, 1, 1), service("b", 1, 1, 1), service("c", 1, 1, 1));
        both.together(List.of(0, 1)).apart(1, 0);
        assertThat(reasons(both)).containsOnlyKeys("a", "b").allSatisfy((service, byCluster) -> assertThat(
                        byCluster.values())
                .containsOnly("services [a, b] have to be together and apart"));
        PlacementRequestBuilder slow = builder(service("a", 1, 1, 1), service("b", 1, 1, 1));
        slow.together(List.of(0, 1))
                .link(new PlacementLink(0, 1, 1, OptionalDouble.of(0.5)))
                .latency(0, 0, 2)
                .latency(1, 1, 0.5);
        assertThat(answer(slow.build()).trivial()).isEmpty();
        slow.forbid(0, 1, "not there");
        assertThat(reasons(slow).get("b"))
                .containsExactly(
                        Map.entry(C1, "latency inside the cluster exceeds 0.5 ms"), Map.entry(C2, "not there"));
    }

    /** A reason that holds where a service is alone comes before the one that it does not fit beside the others. */
    @Test
    void aClusterThatWouldDoAloneHasTheReasonOfTheOthers() {
        PlacementRequestBuilder builder = builder(service("a", 800, 1, 1), service("b", 800, 1, 1));
        builder.forbid(1, 0, "not there");
        assertThat(answer(builder.build()).provenInfeasible(1).reasons())
                .containsExactly(
                        Map.entry("b", Map.of(C1, "not there", C2, "does not fit beside the other services: proven")));
    }

    /** Two that fill a cluster with room for hardly more than both: rounded to the safe side they do not seem to fit. */
    @Test
    void amountsThatAreTooLargeToBeExactProveNothing() {
        long half = (1L << 61) + 1;
        Resources free = new Resources(2 * half, 0, 0, 0);
        PlacementRequest request = new PlacementRequestBuilder(
                        new GraphId("p", "g"),
                        DecisionReason.DEPLOY,
                        List.of(service("a", half, 1, 1), service("b", half, 1, 1), service("c", 1, 1, 1)),
                        List.of(ClusterCapacity.of(C1, free)))
                .build();
        assertThat(RequestProblem.from(request).problem().isFeasible(new int[] {0, 0, 0}))
                .isFalse();
        assertThat(answer(request).provenInfeasible(1).reasons().get("b"))
                .containsValue(
                        "does not fit beside the other services, which is not proven: amounts are too large to be exact");
        incumbent.offer(new int[] {0, 0, 0}, new long[] {0, 0});
        Placed placed = (Placed) answer(request).proven(true, evidence(request, 250));
        assertThat(placed.quality().stop()).isEqualTo(StopReason.FINISHED);
        assertThat(placed.quality().note()).startsWith("amounts are too large to be exact");
        Placed elsewhere = (Placed) answer(request).withoutBound(StopReason.FINISHED, "least", true);
        assertThat(elsewhere.quality().note()).isEqualTo("least");
    }

    private Map<String, Map<ClusterId, String>> reasons(PlacementRequestBuilder builder) {
        PlacementResult result = answer(builder.build()).trivial().orElseThrow();
        return ((Infeasible) result).reasons();
    }
}
