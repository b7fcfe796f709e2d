// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.placement.optimal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import eu.nephele.smo.api.model.Placement;
import eu.nephele.smo.api.placement.PlacementRequest;
import eu.nephele.smo.api.placement.PlacementResult.Placed;
import eu.nephele.smo.api.placement.PlacementResult.StopReason;
import eu.nephele.smo.lab.conformance.Enumeration;
import eu.nephele.smo.lab.conformance.Pricing;
import eu.nephele.smo.lab.conformance.RandomProblems;
import eu.nephele.smo.lab.conformance.SimpleContext;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import net.jqwik.api.Assume;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.statistics.Statistics;

/** The reported quality of an answer, checked by enumeration: bound ≤ optimum ≤ value, and the gap between bound and value. */
class BoundTest {

    private static final Pattern GAP = Pattern.compile("; gap to the lower bound (\\S+) % of the cost$");
    private static final double ROUNDING = 0.0051;

    @Property(tries = 400)
    void withoutAProofTheBoundIsBelowTheOptimumAndTheGapIsSaid(@ForAll long seed) {
        check(RandomProblems.small(seed), new OptimalStrategy(0, 0, 1), SimpleContext.unlimited());
    }

    @Property(tries = 400)
    void whateverTheBudgetTheBoundIsBelowTheOptimum(@ForAll long seed, @ForAll @IntRange(max = 40) int units) {
        SimpleContext budget = SimpleContext.unlimited().withWorkBudget(units);
        check(RandomProblems.small(seed), new OptimalStrategy(500, 1_000_000, 1), budget);
    }

    @Property(tries = 100)
    void whereNothingCostsAnythingThereIsNoGap(@ForAll long seed) {
        PlacementRequest request = RandomProblems.smallWithLevels(seed, 0);
        if (new OptimalStrategy(0, 0, 1).place(request, SimpleContext.unlimited()) instanceof Placed placed) {
            assertThat(placed.quality().lowerBoundMicros()).hasValue(0);
            if (placed.quality().stop() != StopReason.PROVEN_OPTIMAL) {
                assertThat(placed.quality().note()).endsWith("gap to the lower bound 0.00 % of the cost");
            }
        }
    }

    private static void check(PlacementRequest request, OptimalStrategy strategy, SimpleContext context) {
        Optional<Placement> best = Enumeration.best(request);
        Assume.that(best.isPresent());
        if (!(strategy.place(request, context) instanceof Placed placed)) {
            return; // it found no placement and no proof, and reports that
        }
        long optimum = Pricing.total(request, best.get(), 0);
        long value = Pricing.total(request, placed.placement(), 0);
        long bound = placed.quality().lowerBoundMicros().orElseThrow();
        assertThat(bound).isBetween(0L, optimum);
        assertThat(optimum).isLessThanOrEqualTo(value);
        boolean proven = placed.quality().stop() == StopReason.PROVEN_OPTIMAL;
        Statistics.label("stop").collect(placed.quality().stop());
        Statistics.label("bound above 0 and below the value").collect(bound > 0 && bound < value);
        if (proven) {
            assertThat(bound).isEqualTo(value);
        } else {
            Matcher gap = GAP.matcher(placed.quality().note());
            assertThat(gap.find()).as(placed.quality().note()).isTrue();
            double percent = value == 0 ? 0 : 100.0 * (value - bound) / value;
            assertThat(Double.parseDouble(gap.group(1))).isCloseTo(percent, within(ROUNDING));
        }
    }
}
