// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.placement.optimal;

import static org.assertj.core.api.Assertions.assertThat;

import eu.nephele.smo.api.placement.Costs;
import eu.nephele.smo.api.placement.PlacementObjective;
import eu.nephele.smo.api.placement.PlacementRequest;
import eu.nephele.smo.api.placement.PlacementResult;
import eu.nephele.smo.api.placement.PlacementResult.Infeasible;
import eu.nephele.smo.api.placement.PlacementResult.Placed;
import eu.nephele.smo.api.placement.PlacementResult.StopReason;
import eu.nephele.smo.lab.conformance.Columns;
import eu.nephele.smo.lab.conformance.Pricing;
import eu.nephele.smo.lab.conformance.ReferencePlacements;
import eu.nephele.smo.lab.conformance.SimpleContext;
import eu.nephele.smo.placement.carbon.CarbonObjective;
import eu.nephele.smo.placement.objectives.MovesObjective;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GoldenVectorsTest {

    /** The reference's w_re and w_carbon are weights of objectives: one strategy, one request. */
    private static final Map<PlacementObjective, Double> MOVES = Map.of(new MovesObjective(), 1.0);

    private static final Map<PlacementObjective, Double> CARBON =
            Map.of(new MovesObjective(), 1.0, CarbonObjective.reference(), 5.0);

    @ParameterizedTest(name = "{0} → {1}, value {2} with {3} of it constant")
    @CsvSource(
            delimiter = '|',
            value = {"P-6|1,0|3|2", "P-7|0,0|3|2", "P-9|0,0,2|4|3", "P-10|1,0,0|4|3"})
    void reOptimisationMovesAsLittleAsPossible(String id, String expected, long value, long constant) {
        check(Pricing.priced(ReferencePlacements.request(id), MOVES), expected, (value - constant) * Costs.MICROS);
    }

    @ParameterizedTest(name = "{0} → {1}, value {2}")
    @CsvSource(
            delimiter = '|',
            value = {"P-13|0,2,2|15.0", "P-14|0,2,2|17.0", "P-15|0|1.5", "P-16|1|2.0"})
    void carbonAwareOptimisationWeighsMovesAgainstCarbon(String id, String expected, double value) {
        check(Pricing.priced(ReferencePlacements.request(id), CARBON), expected, Math.round(value * Costs.MICROS));
    }

    @Test
    void p8IsInfeasibleAndSaysWhy() {
        Infeasible infeasible = (Infeasible) place(Pricing.priced(ReferencePlacements.request("P-8"), MOVES), 100_000);
        assertThat(infeasible.reasons()).containsOnlyKeys("s0", "s1");
        assertThat(infeasible.reasons().get("s0").values()).hasSize(2).allSatisfy(why -> assertThat(why)
                .isEqualTo("needs 2 cores, 1 free"));
    }

    private static void check(PlacementRequest request, String expected, long costMicros) {
        for (int maxNodes : new int[] {100_000, 0}) { // by the exact search, by the 0/1 program
            Placed placed = (Placed) place(request, maxNodes);
            assertThat(Columns.text(request, placed.placement())).isEqualTo(expected);
            assertThat(Pricing.total(request, placed.placement(), 0)).isEqualTo(costMicros);
            assertThat(placed.quality().stop()).isEqualTo(StopReason.PROVEN_OPTIMAL);
            assertThat(placed.quality().lowerBoundMicros()).hasValue(costMicros);
            assertThat(placed.quality().note()).isEmpty();
        }
    }

    private static PlacementResult place(PlacementRequest request, int maxNodes) {
        return new OptimalStrategy(500, maxNodes, 1).place(request, SimpleContext.unlimited());
    }
}
