// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.placement.anytime;

import static org.assertj.core.api.Assertions.assertThat;

import eu.nephele.smo.api.model.NoParameters;
import eu.nephele.smo.api.model.Placement;
import eu.nephele.smo.api.placement.Feasibility;
import eu.nephele.smo.api.placement.PlacementRequest;
import eu.nephele.smo.api.placement.PlacementResult;
import eu.nephele.smo.api.placement.PlacementResult.Infeasible;
import eu.nephele.smo.api.placement.PlacementResult.Placed;
import eu.nephele.smo.api.placement.PlacementResult.StopReason;
import eu.nephele.smo.lab.conformance.Enumeration;
import eu.nephele.smo.lab.conformance.Pricing;
import eu.nephele.smo.lab.conformance.RandomProblems;
import eu.nephele.smo.lab.conformance.SimpleContext;
import java.util.Optional;
import java.util.OptionalLong;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class AnytimeStrategyTest {

    private final AnytimeStrategy strategy = new AnytimeStrategy();

    @Property(tries = 1000)
    void smallProblemsAreSolvedToTheProof(@ForAll long seed, @ForAll @IntRange(max = 3) int levels) {
        PlacementRequest request = RandomProblems.smallWithLevels(seed, levels);
        Optional<Placement> best = Enumeration.best(request);
        PlacementResult result = strategy.place(request, SimpleContext.unlimited());
        if (result instanceof Placed placed) {
            assertThat(placed.placement()).isEqualTo(best.orElseThrow());
            assertThat(placed.quality().stop()).isEqualTo(StopReason.PROVEN_OPTIMAL);
            assertThat(placed.quality().note()).isEmpty();
        } else {
            assertThat(best).isEmpty();
            assertThat(((Infeasible) result).reasons().values())
                    .isNotEmpty()
                    .allSatisfy(byCluster -> assertThat(byCluster).hasSameSizeAs(request.clusters()));
        }
    }

    @Property(tries = 400)
    void whateverTheBudgetTheRulesHoldAndTheBoundIsBelowTheOptimum(
            @ForAll long seed, @ForAll @IntRange(max = 400) int units) {
        PlacementRequest request = RandomProblems.small(seed);
        Optional<Placement> best = Enumeration.best(request);
        PlacementResult result =
                strategy.place(request, SimpleContext.unlimited().withWorkBudget(units));
        if (result instanceof Placed placed) {
            assertThat(Feasibility.violations(request, placed.placement())).isEmpty();
            assertThat(placed.quality().workUnits().orElseThrow()).isBetween(0L, (long) units);
            assertThat(placed.quality().lowerBoundMicros().orElseThrow())
                    .isBetween(0L, Pricing.total(request, best.orElseThrow(), 0));
        }
    }

    @Test
    void aReplayOnTheWorkBudgetIsIdentical() {
        for (int services : new int[] {12, 60, 300}) {
            PlacementRequest request = RandomProblems.federation(services, services, 10, 0.05);
            Placed first = (Placed) strategy.place(request, SimpleContext.within(250));
            long units = first.quality().workUnits().orElseThrow();
            assertThat(strategy.place(request, SimpleContext.unlimited().withWorkBudget(units)))
                    .isEqualTo(first);
        }
    }

    @Test
    void moreTimeFindsWhatLittleTimeMisses() {
        PlacementRequest request = RandomProblems.federation(11, 120, 12, 0.10);
        long before = Long.MAX_VALUE;
        long first = 0;
        for (long units = 50_000; units <= 3_200_000; units *= 4) {
            Placed placed =
                    (Placed) strategy.place(request, SimpleContext.unlimited().withWorkBudget(units));
            long cost = Pricing.total(request, placed.placement(), 0);
            assertThat(cost).isLessThanOrEqualTo(before);
            before = cost;
            first = first == 0 ? cost : first;
        }
        assertThat(before).isLessThan(first);
    }

    @Test
    void withNoTimeAtAllThereIsAnAnswer() {
        PlacementRequest request = RandomProblems.federation(5, 20, 5, 0.5);
        SimpleContext none = new SimpleContext(() -> 0, OptionalLong.empty(), new NoParameters());
        Placed placed = (Placed) strategy.place(request, none);
        assertThat(Feasibility.violations(request, placed.placement())).isEmpty();
        assertThat(placed.quality().stop()).isEqualTo(StopReason.BUDGET);
    }
}
