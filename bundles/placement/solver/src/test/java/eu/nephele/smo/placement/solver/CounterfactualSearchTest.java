// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.placement.solver;

import static org.assertj.core.api.Assertions.assertThat;

import eu.nephele.smo.api.model.AnswerLimits;
import eu.nephele.smo.api.model.ClusterCapacity;
import eu.nephele.smo.api.model.ClusterId;
import eu.nephele.smo.api.model.GraphId;
import eu.nephele.smo.api.model.Resources;
import eu.nephele.smo.api.placement.DecisionReason;
import eu.nephele.smo.api.placement.PlacementLink;
import eu.nephele.smo.api.placement.PlacementRequest;
import eu.nephele.smo.api.placement.PlacementRequestBuilder;
import eu.nephele.smo.api.placement.PlacementResult;
import eu.nephele.smo.api.placement.PlacementResult.Infeasible;
import eu.nephele.smo.api.placement.PlacementService;
import eu.nephele.smo.lab.conformance.Enumeration;
import eu.nephele.smo.lab.conformance.RandomProblems;
import eu.nephele.smo.lab.conformance.SimpleContext;
import eu.nephele.smo.placement.solver.ConflictMember.MemberKind;
import eu.nephele.smo.placement.solver.SuggestedChange.AllowedCluster;
import eu.nephele.smo.placement.solver.SuggestedChange.DroppedApart;
import eu.nephele.smo.placement.solver.SuggestedChange.DroppedDivision;
import eu.nephele.smo.placement.solver.SuggestedChange.DroppedService;
import eu.nephele.smo.placement.solver.SuggestedChange.DroppedTogether;
import eu.nephele.smo.placement.solver.SuggestedChange.FewerReplicas;
import eu.nephele.smo.placement.solver.SuggestedChange.LongerLatency;
import eu.nephele.smo.placement.solver.SuggestedChange.MoreCapacity;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class CounterfactualSearchTest {

    private static final ClusterId C1 = new ClusterId("test", "c1");
    private static final ClusterId C2 = new ClusterId("test", "c2");
    private static final double ROUNDING = 1e-9;

    private static PlacementService service(String id, long cpuMillis, int replicas) {
        return new PlacementService(id, new Resources(cpuMillis, 0, 0, 0), replicas, 1);
    }

    private static PlacementRequestBuilder builder(long first, long second, PlacementService... services) {
        return new PlacementRequestBuilder(
                new GraphId("p", "g"),
                DecisionReason.DEPLOY,
                List.of(services),
                List.of(
                        ClusterCapacity.of(C1, new Resources(first, 0, 0, 0)),
                        ClusterCapacity.of(C2, new Resources(second, 0, 0, 0))));
    }

    private static WorkBudget unlimited() {
        return new WorkBudget(Long.MAX_VALUE, () -> false);
    }

    private static Optional<Counterfactual> find(PlacementRequest request) {
        return new CounterfactualSearch(request, unlimited()).find();
    }

    private static Counterfactual found(PlacementRequestBuilder builder) {
        return find(builder.build()).orElseThrow();
    }

    @Test
    void theLeastCapacityIsNamedWithWhatIsInConflict() {
        Counterfactual found = found(builder(1000, 3000, service("small", 100, 1), service("large", 3500, 1)));
        assertThat(found.changes()).containsExactly(new MoreCapacity(C2, "cpu", 500));
        assertThat(found.conflict())
                .isEqualTo(new Conflict(
                        List.of(
                                new ConflictMember(MemberKind.CAPACITY, "cpu"),
                                new ConflictMember(MemberKind.SERVICE, "large")),
                        true));
        assertThat(found.text())
                .isEqualTo(
                        "It would fit with 0.5 more free cores on c2. These cannot all be kept: large, the free cpu");
    }

    /** More of one resource is not enough, since the other one runs out as well. */
    @Test
    void fewerReplicasAreNamedWhereTwoResourcesRunOut() {
        Resources each = new Resources(100, 100, 0, 0);
        PlacementRequestBuilder builder = new PlacementRequestBuilder(
                new GraphId("p", "g"),
                DecisionReason.DEPLOY,
                List.of(new PlacementService("web", each, 10, 1)),
                List.of(ClusterCapacity.of(C1, each.times(8))));
        assertThat(found(builder).changes()).containsExactly(new FewerReplicas("web", 8));
        assertThat(found(builder).text()).startsWith("It would fit with 8 replicas of web.");
    }

    @Test
    void aForbiddenClusterIsNamedWithTheReasonOfTheIntent() {
        PlacementRequestBuilder builder = builder(1000, 1000, service("a", 0, 1));
        builder.forbid(0, 0, "outside the EU").forbid(0, 1, "no GPU flag");
        Counterfactual found = found(builder);
        assertThat(found.changes()).containsExactly(new AllowedCluster("a", C1, "outside the EU"));
        assertThat(found.text())
                .isEqualTo("It would fit with a allowed on c1 (not allowed now: outside the EU). "
                        + "These cannot all be kept: a, the clusters allowed for a");
    }

    @Test
    void aLatencyLimitIsRelaxedToTheNextLatencyThatIsPossible() {
        PlacementRequestBuilder builder = builder(0, 0, service("a", 0, 1), service("b", 0, 1));
        builder.link(new PlacementLink(0, 1, 1, OptionalDouble.of(20)))
                .apart(0, 1)
                .latency(0, 1, 40)
                .latency(1, 0, 25);
        Counterfactual found = found(builder);
        assertThat(found.changes()).containsExactly(new LongerLatency("a", "b", OptionalDouble.of(25)));
        assertThat(found.conflict().membersOf(MemberKind.LATENCY)).hasSize(1);
        assertThat(found.text())
                .isEqualTo("It would fit with a latency limit of 25.0 ms from a to b. "
                        + "These cannot all be kept: a, b, apart a and b, the latency limit from a to b");
    }

    @Test
    void anUnknownLatencyNeedsTheLimitToBeDropped() {
        PlacementRequestBuilder builder = builder(0, 0, service("a", 0, 1), service("b", 0, 1));
        builder.link(new PlacementLink(0, 1, 1, OptionalDouble.of(20)))
                .forbid(0, 0, "x")
                .forbid(1, 1, "y");
        assertThat(found(builder).changes()).containsExactly(new LongerLatency("a", "b", OptionalDouble.empty()));
    }

    @Test
    void groupsPairsAndDivisionsAreDropped() {
        PlacementRequestBuilder apart = builder(0, 0, service("a", 0, 1), service("b", 0, 1), service("c", 0, 1));
        apart.apart(0, 1).apart(1, 2).apart(0, 2);
        assertThat(found(apart).changes()).containsExactly(new DroppedApart("a", "b"));
        PlacementRequestBuilder together = builder(1000, 1000, service("a", 0, 1), service("b", 0, 1));
        together.together(List.of(0, 1)).apart(0, 1);
        assertThat(found(together).changes()).containsExactly(new DroppedApart("a", "b"));
        PlacementRequestBuilder divided = builder(0, 0, new PlacementService("a", Resources.NONE, 3, 3));
        assertThat(found(divided).changes()).containsExactly(new DroppedDivision("a"));
        assertThat(found(divided).conflict().minimal()).isFalse();
    }

    @Test
    void aGroupIsTornOnlyIfNothingElseHelps() {
        PlacementRequestBuilder builder = builder(0, 0, service("a", 0, 1), service("b", 0, 1), service("c", 0, 1));
        builder.together(List.of(0, 1, 2)).apart(0, 1).apart(1, 2);
        assertThat(found(builder).changes()).containsExactly(new DroppedTogether(List.of("a", "b", "c")));
    }

    /** Two triples that have to be apart on two clusters, with one service in common. */
    @Test
    void aServiceIsLeftOutIfNoOtherSingleChangeHelps() {
        PlacementRequestBuilder builder = builder(
                0,
                0,
                service("a", 0, 1),
                service("b", 0, 1),
                service("c", 0, 1),
                service("d", 0, 1),
                service("e", 0, 1));
        builder.apart(0, 1).apart(0, 2).apart(1, 2).apart(2, 3).apart(2, 4).apart(3, 4);
        Counterfactual found = found(builder);
        assertThat(found.changes()).containsExactly(new DroppedService("c"));
        assertThat(found.text()).startsWith("It would fit without c. These cannot all be kept: ");
        assertThat(found.apply(builder.build()).apart()).containsExactly(List.of(0, 1), List.of(2, 3));
    }

    @Test
    void severalChangesAreNamedWhereOneIsNotEnough() {
        PlacementRequestBuilder builder = builder(1000, 1000, service("a", 1500, 1), service("b", 1700, 1));
        builder.forbid(0, 1, "not there").forbid(1, 0, "nor there");
        Counterfactual found = found(builder);
        assertThat(found.changes())
                .containsExactlyInAnyOrder(new MoreCapacity(C1, "cpu", 500), new MoreCapacity(C2, "cpu", 700));
        assertThat(found.text())
                .contains("with 0.5 more free cores on c1", ", and ", "; no single change was found that is enough");
        assertThat(Enumeration.best(found.apply(builder.build()))).isPresent();
    }

    @Test
    void nothingIsSaidOfARequestThatFits() {
        assertThat(find(builder(1000, 0, service("a", 1, 1)).build())).isEmpty();
    }

    /** The conflicts of all kinds: what is claimed to be minimal is, by enumeration. */
    @Test
    void noMemberOfAMinimalConflictCanBeSpared() {
        List<PlacementRequest> infeasible = infeasible(200);
        int minimal = 0;
        for (PlacementRequest request : infeasible) {
            Conflict conflict = find(request).orElseThrow().conflict();
            assertThat(Enumeration.best(conflict.within(request))).isEmpty();
            for (ConflictMember member : conflict.members()) {
                List<ConflictMember> rest = new ArrayList<>(conflict.members());
                rest.remove(member);
                assertThat(Enumeration.best(new Conflict(rest, false).within(request)))
                        .as("without %s of %s", member, conflict)
                        .isPresent();
            }
            minimal += conflict.minimal() ? 1 : 0;
        }
        assertThat(minimal).isEqualTo(infeasible.size());
    }

    /** Against all single changes of the request, whatever the conflict. */
    @Test
    void noSingleChangeIsSmallerThanTheSuggestedOne() {
        int single = 0;
        for (PlacementRequest request : infeasible(150)) {
            List<SuggestedChange> changes = find(request).orElseThrow().changes();
            Optional<Double> least = all(request)
                    .sorted(Comparator.comparingDouble(change -> change.effort(request)))
                    .filter(change -> Enumeration.best(change.apply(request)).isPresent())
                    .map(change -> change.effort(request))
                    .findFirst();
            assertThat(changes.size() == 1).isEqualTo(least.isPresent());
            if (least.isPresent()) {
                assertThat(changes.get(0).effort(request)).isBetween(least.get() - ROUNDING, least.get() + ROUNDING);
                single++;
            }
        }
        assertThat(single).isGreaterThan(100);
    }

    @Test
    void allChangesTogetherMakeItFitAndNoneCanBeSpared() {
        int several = 0;
        for (PlacementRequest request : infeasible(400)) {
            Counterfactual found = find(request).orElseThrow();
            assertThat(Enumeration.best(found.apply(request))).isPresent();
            assertThat(found.text().length()).isLessThanOrEqualTo(AnswerLimits.COUNTERFACTUAL_CHARACTERS);
            for (int i = 0; i < found.changes().size(); i++) {
                List<SuggestedChange> others = new ArrayList<>(found.changes());
                others.remove(i);
                assertThat(Enumeration.best(new Counterfactual(found.conflict(), others).apply(request)))
                        .isEmpty();
            }
            several += found.changes().size() > 1 ? 1 : 0;
        }
        assertThat(several).isGreaterThan(5);
    }

    @Test
    void theSameWorkFindsTheSameAndIsNeverExceeded() {
        PlacementRequest request = builder(
                        1000, 3000, service("a", 1500, 2), service("b", 1500, 1), service("c", 900, 1))
                .build();
        WorkBudget whole = unlimited();
        Counterfactual found = new CounterfactualSearch(request, whole).find().orElseThrow();
        for (long units = 0; units <= whole.units(); units++) {
            WorkBudget work = new WorkBudget(units, () -> false);
            Optional<Counterfactual> within = new CounterfactualSearch(request, work).find();
            assertThat(work.units()).isLessThanOrEqualTo(units);
            assertThat(new CounterfactualSearch(request, new WorkBudget(units, () -> false)).find())
                    .isEqualTo(within);
            within.ifPresent(counterfactual ->
                    assertThat(Enumeration.best(counterfactual.apply(request))).isPresent());
        }
        assertThat(new CounterfactualSearch(request, new WorkBudget(whole.units(), () -> false)).find())
                .contains(found);
    }

    @Test
    void anEndedOrInterruptedBudgetLeavesNoCounterfactual() {
        PlacementRequest request = builder(1000, 3000, service("a", 4000, 1)).build();
        WorkBudget ended = new WorkBudget(0, () -> false);
        assertThat(ended.spend(1)).isFalse();
        assertThat(new CounterfactualSearch(request, ended).find()).isEmpty();
        assertThat(new CounterfactualSearch(request, new WorkBudget(Long.MAX_VALUE, () -> true)).find())
                .isEmpty();
        Thread.currentThread().interrupt();
        try {
            assertThat(new CounterfactualSearch(request, new WorkBudget(SimpleContext.unlimited())).find())
                    .isEmpty();
        } finally {
            assertThat(Thread.interrupted()).isTrue();
        }
    }

    @Test
    void anAnswerHasTheTextWithinTheWorkThatIsLeft() {
        PlacementRequest request = builder(1000, 3000, service("a", 4000, 1)).build();
        assertThat(answer(request, unlimited()).counterfactual())
                .contains("It would fit with 1 more free core on c2. These cannot all be kept: a, the free cpu");
        assertThat(answer(request, new WorkBudget(0, () -> false)).counterfactual())
                .isEmpty();
    }

    private static Infeasible answer(PlacementRequest request, WorkBudget work) {
        PlacementResult result =
                RequestProblem.solve(request, work, read -> new AnswerBuilder(read, new Incumbent(), work)
                        .trivial()
                        .orElseThrow());
        return (Infeasible) result;
    }

    private static List<PlacementRequest> infeasible(int count) {
        return LongStream.range(0, 10L * count)
                .mapToObj(RandomProblems::small)
                .filter(request -> Enumeration.best(request).isEmpty())
                .limit(count)
                .toList();
    }

    private static Stream<SuggestedChange> all(PlacementRequest request) {
        List<PlacementService> services = request.services();
        List<ClusterCapacity> clusters = request.clusters();
        Resources demand = services.stream().map(PlacementService::demand).reduce(Resources.NONE, Resources::plus);
        List<SuggestedChange> all = new ArrayList<>();
        demand.byName().forEach((resource, needed) -> {
            long step = resource.equals("cpu") ? 1000 : resource.equals("memory") ? 10 : 1;
            for (ClusterCapacity cluster : clusters) {
                for (long amount = step; amount <= needed; amount += step) {
                    all.add(new MoreCapacity(cluster.id(), resource, amount));
                }
            }
        });
        for (int s = 0; s < services.size(); s++) {
            String id = services.get(s).id();
            IntStream.range(1, services.get(s).replicas()).forEach(left -> all.add(new FewerReplicas(id, left)));
            all.add(new DroppedService(id));
            for (int c = 0; c < clusters.size(); c++) {
                if (!request.allowed(s, c)) {
                    all.add(new AllowedCluster(id, clusters.get(c).id(), request.whyNotAllowed(s, c)));
                }
            }
        }
        request.apart().forEach(pair -> {
            List<String> ids = ConflictMember.ids(request, pair);
            all.add(new DroppedApart(ids.get(0), ids.get(1)));
        });
        request.together().forEach(group -> all.add(new DroppedTogether(ConflictMember.ids(request, group))));
        request.links().stream()
                .filter(link -> link.maxLatencyMillis().isPresent())
                .forEach(link -> {
                    List<String> ids = ConflictMember.ids(request, List.of(link.from(), link.to()));
                    IntStream.rangeClosed(21, 40)
                            .forEach(millis ->
                                    all.add(new LongerLatency(ids.get(0), ids.get(1), OptionalDouble.of(millis))));
                    all.add(new LongerLatency(ids.get(0), ids.get(1), OptionalDouble.empty()));
                });
        return all.stream();
    }

    @ParameterizedTest
    @EnumSource(CrowdedFederation.class)
    void aHundredClustersTakeLittleWork(CrowdedFederation federation) {
        WorkBudget work = unlimited();
        Counterfactual found =
                new CounterfactualSearch(federation.request(), work).find().orElseThrow();
        assertThat(found.changes()).hasSize(1);
        assertThat(work.units()).isLessThan(60_000);
    }
}
