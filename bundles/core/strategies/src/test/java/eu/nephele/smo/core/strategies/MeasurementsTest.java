// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.strategies;

import static org.assertj.core.api.Assertions.assertThat;

import eu.nephele.smo.api.placement.DecisionReason;
import eu.nephele.smo.core.contract.measure.MetricsRecorder;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.ToDoubleFunction;
import org.junit.jupiter.api.Test;

class MeasurementsTest {
    /** Writes down what is measured. */
    private static final class Notebook implements MetricsRecorder {
        private final List<String> lines = new ArrayList<>();

        @Override
        public void count(String name, Map<String, String> labels) {
            lines.add(name + new TreeMap<>(labels));
        }

        @Override
        public void time(String name, Map<String, String> labels, Duration duration) {
            lines.add(name + new TreeMap<>(labels));
        }

        @Override
        public <T> void gauge(String name, Map<String, String> labels, T owner, ToDoubleFunction<T> value) {
            lines.add(name + new TreeMap<>(labels));
        }
    }

    @Test
    void decisionsAndFaultsAreMeasuredWithLabelsFromClosedSets() {
        Notebook notebook = new Notebook();
        try (StrategyHost strategyHost = new StrategyHost(notebook)) {
            strategyHost.placement("first-fit", StrategyHost.allOn(0));
            strategyHost.placement("bad", (request, context) -> {
                throw new IllegalStateException("broken");
            });
            strategyHost.objective("moves", (request, costs) -> {});
            strategyHost.decide(StrategyHost.request(DecisionReason.DEPLOY), StrategyHost.wish("request", "bad"));
            strategyHost.decide(
                    StrategyHost.request(DecisionReason.DEPLOY),
                    StrategyHost.wish("request", "whatever a user writes"));
        }
        assertThat(notebook.lines)
                .containsExactly(
                        "smo_strategy_faults_total{strategy=bad, what=exception}",
                        "smo_placement_duration_seconds{outcome=placed, strategy=first-fit}",
                        "smo_strategy_faults_total{strategy=not-installed, what=missing}",
                        "smo_placement_duration_seconds{outcome=placed, strategy=first-fit}");
    }
}
