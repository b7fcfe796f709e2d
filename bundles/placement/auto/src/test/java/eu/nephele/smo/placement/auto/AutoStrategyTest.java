// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.placement.auto;

import static org.assertj.core.api.Assertions.assertThat;

import eu.nephele.smo.api.model.ClusterCapacity;
import eu.nephele.smo.api.model.ClusterId;
import eu.nephele.smo.api.model.GraphId;
import eu.nephele.smo.api.model.NoParameters;
import eu.nephele.smo.api.model.Resources;
import eu.nephele.smo.api.placement.DecisionReason;
import eu.nephele.smo.api.placement.Feasibility;
import eu.nephele.smo.api.placement.PlacementRequest;
import eu.nephele.smo.api.placement.PlacementRequestBuilder;
import eu.nephele.smo.api.placement.PlacementResult;
import eu.nephele.smo.api.placement.PlacementResult.Infeasible;
import eu.nephele.smo.api.placement.PlacementResult.Placed;
import eu.nephele.smo.api.placement.PlacementResult.StopReason;
import eu.nephele.smo.api.placement.PlacementService;
import eu.nephele.smo.lab.conformance.Pricing;
import eu.nephele.smo.lab.conformance.RandomProblems;
import eu.nephele.smo.lab.conformance.SimpleContext;
import eu.nephele.smo.placement.firstfit.FirstFitStrategy;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class AutoStrategyTest {

    private final AutoStrategy strategy = new AutoStrategy();

    @Test
    void whatCostsNothingIsPlacedAsByFirstFit() {
        for (int seed = 0; seed < 300; seed++) {
            PlacementRequest request = withReason(RandomProblems.small(seed), DecisionReason.DEPLOY)
                    .withCosts(List.of());
            if (new FirstFitStrategy().place(request, SimpleContext.unlimited()) instanceof Placed first
                    && request.services().stream().noneMatch(service -> isMoved(request, service))) {
                Placed placed = (Placed) strategy.place(request, SimpleContext.unlimited());
                assertThat(placed.placement()).as("seed %d", seed).isEqualTo(first.placement());
                assertThat(placed.quality().stop()).isEqualTo(StopReason.PROVEN_OPTIMAL);
            }
        }
    }

    private static boolean isMoved(PlacementRequest request, PlacementService service) {
        return request.current(request.services().indexOf(service)).isPresent();
    }

    @ParameterizedTest
    @EnumSource(DecisionReason.class)
    void smallProblemsAreProvenWhateverTheOccasion(DecisionReason reason) {
        PlacementRequest request = withReason(RandomProblems.federation(3, 8, 5, 0.3), reason);
        Placed placed = (Placed) strategy.place(request, SimpleContext.unlimited());
        assertThat(placed.quality().stop()).isEqualTo(StopReason.PROVEN_OPTIMAL);
        assertThat(placed.quality().lowerBoundMicros()).hasValue(Pricing.total(request, placed.placement(), 0));
    }

    /** On some the repair of the first attempt took all the work of a deployment, and nothing was left for the proof. */
    @Test
    void smallProblemsAreProvenForADeploymentHoweverTightTheyAre() {
        for (int seed = 0; seed < 100; seed++) {
            for (int services : List.of(5, 8, 10)) {
                PlacementRequest request =
                        withReason(RandomProblems.federation(seed, services, 5, 0.03), DecisionReason.DEPLOY);
                assertThat(strategy.place(request, SimpleContext.unlimited()))
                        .as("%d services, seed %d", services, seed)
                        .isInstanceOfSatisfying(
                                Placed.class,
                                placed -> assertThat(placed.quality().stop()).isEqualTo(StopReason.PROVEN_OPTIMAL));
            }
        }
    }

    @Test
    void aDeploymentUsesAPartOfTheWorkThatAReplacementUses() {
        PlacementRequest request = RandomProblems.federation(7, 120, 30, 0.3);
        Placed soon = (Placed) strategy.place(withReason(request, DecisionReason.FAILOVER), budget(3_000_000));
        Placed better = (Placed) strategy.place(withReason(request, DecisionReason.IMPROVE), budget(3_000_000));
        assertThat(soon.quality().workUnits().orElseThrow()).isLessThan(520_000);
        assertThat(soon.quality().note()).startsWith("good enough to begin with");
        assertThat(soon.quality().stop()).isEqualTo(StopReason.GOOD_ENOUGH);
        assertThat(better.quality().stop()).isNotEqualTo(StopReason.GOOD_ENOUGH);
        assertThat(better.quality().workUnits().orElseThrow()).isGreaterThan(1_000_000);
        assertThat(Pricing.total(request, better.placement(), 0))
                .isLessThan(Pricing.total(request, soon.placement(), 0));
        assertThat(Feasibility.violations(request, soon.placement())).isEmpty();
    }

    @Test
    void aPlacementThatIsHardToFindMayTakeTheWholeBudget() {
        PlacementRequest request = withReason(RandomProblems.federation(11, 40, 6, 0.02), DecisionReason.DEPLOY);
        assertThat(strategy.place(request, budget(5_000_000))).isInstanceOf(Placed.class);
    }

    @Test
    void whatDoesNotFitIsSaidSo() {
        List<ClusterCapacity> clusters = IntStream.range(0, 2)
                .mapToObj(c -> ClusterCapacity.of(new ClusterId("test", "c" + c), new Resources(2000, 1 << 20, 0, 0)))
                .toList();
        List<PlacementService> services = IntStream.range(0, 3)
                .mapToObj(s -> new PlacementService("s" + s, new Resources(1500, 1, 0, 0), 1, 1))
                .toList();
        PlacementRequest request =
                new PlacementRequestBuilder(new GraphId("p", "g"), DecisionReason.DEPLOY, services, clusters).build();
        Infeasible infeasible = (Infeasible) strategy.place(request, SimpleContext.unlimited());
        assertThat(infeasible.reasons().values()).allSatisfy(reasons -> assertThat(reasons)
                .containsValue("does not fit beside the other services: proven"));
    }

    @ParameterizedTest
    @EnumSource(
            value = DecisionReason.class,
            names = {"DEPLOY", "REPLACE"})
    void withTheWorkOfTheFirstRunTheSameIsFoundAlsoWhenTheClockEndedIt(DecisionReason reason) {
        for (int seed = 0; seed < 60; seed++) {
            PlacementRequest request = withReason(
                    seed % 2 == 0 ? RandomProblems.small(seed) : RandomProblems.federation(seed, 12, 6, 0.1), reason);
            for (int looks : List.of(1, 7, 40, 300, Integer.MAX_VALUE)) {
                PlacementResult first = strategy.place(request, endingAfter(looks));
                long units = first instanceof Placed placed
                        ? placed.quality().workUnits().orElse(0)
                        : 0;
                if (units > 0) {
                    assertThat(strategy.place(request, budget(units)))
                            .as("seed %d, %d looks at the clock", seed, looks)
                            .isEqualTo(first);
                }
            }
        }
    }

    /** Its time is over after so many looks at the clock. */
    private static SimpleContext endingAfter(int looks) {
        AtomicInteger left = new AtomicInteger(looks);
        return new SimpleContext(
                () -> Math.max(0, left.getAndUpdate(count -> Math.max(0, count - 1))),
                OptionalLong.empty(),
                new NoParameters());
    }

    private static SimpleContext budget(long units) {
        return new SimpleContext(() -> 10_000, OptionalLong.of(units), new NoParameters());
    }

    /** The same problem for another reason. */
    private static PlacementRequest withReason(PlacementRequest request, DecisionReason reason) {
        PlacementRequestBuilder builder =
                new PlacementRequestBuilder(request.graph(), reason, request.services(), request.clusters());
        for (int s = 0; s < request.services().size(); s++) {
            for (int c = 0; c < request.clusters().size(); c++) {
                if (!request.allowed(s, c)) {
                    builder.forbid(s, c, request.whyNotAllowed(s, c));
                }
                if (request.currentReplicas(s, c) > 0) {
                    builder.current(s, c);
                }
            }
        }
        request.links().forEach(builder::link);
        request.together().forEach(builder::together);
        request.apart().forEach(pair -> builder.apart(pair.get(0), pair.get(1)));
        builder.latencies(request.latencies());
        return builder.build().withCosts(request.costs());
    }
}
