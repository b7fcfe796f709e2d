// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.strategies.placement;

import static org.assertj.core.api.Assertions.assertThat;

import eu.nephele.smo.api.placement.DecisionReason;
import eu.nephele.smo.api.placement.PlacementRequest;
import eu.nephele.smo.api.placement.PlacementResult.Placed;
import eu.nephele.smo.core.contract.decision.PlacementOutcome;
import eu.nephele.smo.core.strategies.StrategyHost;
import eu.nephele.smo.core.strategies.registry.RegistryEntry;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Versions come and go while decisions are made; each requested decision is recorded. */
@Timeout(60)
class SwapUnderLoadTest {
    private static final int THREADS = 4;
    private static final int SWAPS = 60;

    @Test
    void noDecisionIsLostWhileTwoVersionsComeAndGo() throws Exception {
        PlacementRequest request = StrategyHost.request(DecisionReason.DEPLOY);
        AtomicLong asked = new AtomicLong();
        AtomicInteger insideAfterLeaving = new AtomicInteger();
        Queue<PlacementOutcome> recorded = new ConcurrentLinkedQueue<>();
        AtomicBoolean stop = new AtomicBoolean();
        ExecutorService threads = Executors.newFixedThreadPool(THREADS);
        try (StrategyHost strategyHost = new StrategyHost()) {
            strategyHost.placement("first-fit", StrategyHost.allOn(0));
            List<Future<?>> deciding = new ArrayList<>();
            for (int t = 0; t < THREADS; t++) {
                deciding.add(threads.submit(() -> {
                    while (!stop.get()) {
                        asked.incrementAndGet();
                        recorded.add(strategyHost.decide(request, StrategyHost.wish("descriptor", "mine")));
                    }
                }));
            }
            swap(strategyHost, recorded, insideAfterLeaving);
            stop.set(true);
            for (Future<?> each : deciding) {
                each.get(10, TimeUnit.SECONDS);
            }
        } finally {
            threads.shutdownNow();
        }
        assertThat(recorded).hasSize((int) asked.get());
        assertThat(insideAfterLeaving).hasValue(0);
        assertThat(recorded).allSatisfy(outcome -> {
            assertThat(outcome.result()).isInstanceOf(Placed.class);
            assertThat(outcome.faults()).allMatch(fault -> fault.what().equals("missing"));
        });
        assertThat(recorded.stream().map(outcome -> outcome.decidedBy().version()))
                .contains("1.0.0", "2.0.0");
    }

    private static void swap(
            StrategyHost strategyHost, Queue<PlacementOutcome> recorded, AtomicInteger insideAfterLeaving) {
        RegistryEntry present = version(strategyHost, "1.0.0", insideAfterLeaving);
        for (int swap = 0; swap < SWAPS; swap++) {
            int before = recorded.size();
            while (recorded.size() < before + 2 * THREADS) {
                Thread.onSpinWait();
            }
            String next = swap % 2 == 0 ? "2.0.0" : "1.0.0";
            if (swap % 3 == 0) {
                // replaced in place: for a moment there is none
                present.close();
                present = version(strategyHost, next, insideAfterLeaving);
            } else {
                RegistryEntry successor = version(strategyHost, next, insideAfterLeaving);
                present.close();
                present = successor;
            }
        }
    }

    private static RegistryEntry version(StrategyHost strategyHost, String version, AtomicInteger insideAfterLeaving) {
        AtomicBoolean left = new AtomicBoolean();
        RegistryEntry registryEntry = strategyHost.placement("mine", version, (request, context) -> {
            if (left.get()) {
                insideAfterLeaving.incrementAndGet();
            }
            return StrategyHost.placed(request, 1);
        });
        return () -> {
            registryEntry.close();
            left.set(true);
        };
    }
}
