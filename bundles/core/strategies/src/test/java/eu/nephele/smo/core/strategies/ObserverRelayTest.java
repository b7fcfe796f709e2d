// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.strategies;

import static eu.nephele.smo.core.strategies.StrategyHost.wish;
import static org.assertj.core.api.Assertions.assertThat;

import eu.nephele.smo.api.placement.DecisionReason;
import eu.nephele.smo.api.port.Subscription;
import eu.nephele.smo.core.contract.decision.DecisionObserver;
import eu.nephele.smo.core.contract.decision.PlacementOutcome;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ObserverRelayTest {
    private static final class Notebook implements DecisionObserver {
        private final List<PlacementOutcome> placed = new ArrayList<>();

        @Override
        public void placed(PlacementOutcome outcome) {
            placed.add(outcome);
        }

        @Override
        public void scaled(ScalingCall call) {
            throw new IllegalStateException("nothing is scaled here");
        }
    }

    private static final DecisionObserver BROKEN = new DecisionObserver() {
        @Override
        public void placed(PlacementOutcome outcome) {
            throw new IllegalStateException("broken");
        }

        @Override
        public void scaled(ScalingCall call) {
            throw new IllegalStateException("broken");
        }
    };

    @Test
    void everyLiveDecisionIsShownToAllAndABrokenObserverHindersNobody() {
        Notebook notebook = new Notebook();
        try (StrategyHost strategyHost = new StrategyHost()) {
            strategyHost.placement("first-fit", StrategyHost.allOn(0));
            Subscription broken = strategyHost.strategies.observers().add(BROKEN);
            Subscription observing = strategyHost.strategies.observers().add(notebook);
            PlacementOutcome outcome =
                    strategyHost.decide(StrategyHost.request(DecisionReason.DEPLOY), wish("request", "first-fit"));
            assertThat(notebook.placed).containsExactly(outcome);
            observing.close();
            broken.close();
            assertThat(strategyHost.strategies.observers().isObserved()).isFalse();
            strategyHost.decide(StrategyHost.request(DecisionReason.DEPLOY));
            assertThat(notebook.placed).hasSize(1);
        }
    }
}
