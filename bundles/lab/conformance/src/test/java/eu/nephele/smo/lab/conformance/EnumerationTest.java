// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import eu.nephele.smo.api.placement.Costs;
import eu.nephele.smo.api.placement.PlacementObjective;
import eu.nephele.smo.api.placement.PlacementRequest;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EnumerationTest {

    /** One unit for every service that leaves its place. */
    private static final PlacementObjective MOVES = (request, costs) -> {
        for (int s = 0; s < request.services().size(); s++) {
            for (int c = 0; c < request.clusters().size(); c++) {
                costs.assign(s, c, request.current(s).orElse(c) == c ? 0 : 1);
            }
        }
    };

    /** Cores times the relative carbon cost of the cluster. */
    private static final PlacementObjective CARBON = (request, costs) -> {
        for (int s = 0; s < request.services().size(); s++) {
            double cores = request.services().get(s).demand().cpuMillis() / 1000.0;
            for (int c = 0; c < request.clusters().size(); c++) {
                var carbon = request.clusters().get(c).signals().carbonGramsPerKwh();
                costs.assign(s, c, cores * carbon.orElseThrow());
            }
        }
    };

    @ParameterizedTest(name = "{0} → {1}, moves {2}")
    @CsvSource(
            delimiter = '|',
            value = {"P-6|1,0|1", "P-7|0,0|1", "P-9|0,0,2|1", "P-10|1,0,0|1"})
    void findsThePlacementOfTheReferenceThatMovesLeast(String id, String columns, double moved) {
        PlacementRequest request = ReferencePlacements.request(id);
        check(Pricing.priced(request, Map.of(MOVES, 1.0)), columns, moved);
        assertThat(Enumeration.best(request)).isEqualTo(Enumeration.best(Pricing.priced(request, Map.of(MOVES, 1.0))));
    }

    @ParameterizedTest(name = "{0} → {1}, costs {2}")
    @CsvSource(
            delimiter = '|',
            value = {"P-13|0,2,2|15.0", "P-14|0,2,2|17.0", "P-15|0|1.5", "P-16|1|2.0"})
    void findsThePlacementOfTheReferenceThatWeighsMovesAgainstCarbon(String id, String columns, double units) {
        check(Pricing.priced(ReferencePlacements.request(id), Map.of(MOVES, 1.0, CARBON, 5.0)), columns, units);
    }

    @Test
    void aLowerLevelOnlySettlesTies() {
        PlacementRequest request = ReferencePlacements.request("P-14");
        Costs moves = Pricing.costs(request, Map.of(MOVES, 1.0));
        Costs carbon = Pricing.costs(request, Map.of(CARBON, 5.0));
        check(request.withCosts(List.of(moves, carbon)), "0,1,1", 0);
        check(request.withCosts(List.of(carbon, moves)), "0,2,2", 15);
    }

    @ParameterizedTest
    @ValueSource(strings = {"P-3", "P-4", "P-8"})
    void knowsWhenNothingIsFeasible(String id) {
        assertThat(Enumeration.best(ReferencePlacements.request(id))).isEmpty();
    }

    @Test
    void refusesWhatWouldTakeTooLong() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Enumeration.best(RandomProblems.federation(1, 8, 8, 0.5)))
                .withMessage("8 services on 8 clusters are more than 10000000 placements to try");
    }

    private static void check(PlacementRequest request, String columns, double units) {
        assertThat(Enumeration.best(request)).hasValueSatisfying(best -> {
            assertThat(Columns.text(request, best)).isEqualTo(columns);
            assertThat(Pricing.total(request, best, 0)).isEqualTo(Math.round(units * Costs.MICROS));
        });
    }
}
