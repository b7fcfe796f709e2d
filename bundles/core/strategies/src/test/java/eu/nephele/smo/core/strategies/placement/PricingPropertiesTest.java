// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.strategies.placement;

import static eu.nephele.smo.core.strategies.placement.ObjectivePricerTest.assigning;
import static eu.nephele.smo.core.strategies.placement.ObjectivePricerTest.decide;
import static org.assertj.core.api.Assertions.assertThat;

import eu.nephele.smo.api.placement.Costs;
import eu.nephele.smo.api.placement.DecisionReason;
import eu.nephele.smo.api.placement.PlacementRequest;
import eu.nephele.smo.core.contract.decision.PlacementOutcome;
import eu.nephele.smo.core.strategies.StrategyHost;
import eu.nephele.smo.core.strategies.placement.ObjectivePricerTest.Weighted;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Scale;
import net.jqwik.api.constraints.Size;

class PricingPropertiesTest {
    private static final PlacementRequest REQUEST = StrategyHost.request(DecisionReason.DEPLOY);

    @Property(tries = 100)
    void aCellIsTheWeightedSumRoundedOnce(
            @ForAll @Size(min = 1, max = 5) List<@DoubleRange(min = 0, max = 1e6) Double> values,
            @ForAll @Scale(3) @DoubleRange(min = 0.001, max = 100) double weight) {
        Map<String, Weighted> objectives = new TreeMap<>();
        BigDecimal sum = BigDecimal.ZERO;
        for (int i = 0; i < values.size(); i++) {
            objectives.put("o" + i, assigning(values.get(i), weight, 0));
            sum = sum.add(BigDecimal.valueOf(values.get(i)).multiply(BigDecimal.valueOf(weight)));
        }
        PlacementOutcome outcome = decide(REQUEST, objectives);
        long exact = sum.movePointRight(6).setScale(0, RoundingMode.HALF_EVEN).longValueExact();
        long slack = 1 + exact / 1_000_000_000_000L;
        assertThat(outcome.faults()).isEmpty();
        assertThat(outcome.request().costs().get(0).assign(0, 1)).isBetween(exact - slack, exact + slack);
    }

    @Property(tries = 100)
    void levelsStayApartAndInOrder(@ForAll @Size(min = 1, max = 6) List<@IntRange(max = 3) Integer> levels) {
        Map<String, Weighted> objectives = new TreeMap<>();
        Map<Integer, Long> expected = new TreeMap<>();
        for (int i = 0; i < levels.size(); i++) {
            objectives.put("o" + i, assigning(i + 1, 1, levels.get(i)));
            expected.merge(levels.get(i), (i + 1) * Costs.MICROS, Long::sum);
        }
        assertThat(decide(REQUEST, objectives).request().costs())
                .extracting(costs -> costs.assign(0, 1))
                .containsExactlyElementsOf(expected.values());
    }
}
