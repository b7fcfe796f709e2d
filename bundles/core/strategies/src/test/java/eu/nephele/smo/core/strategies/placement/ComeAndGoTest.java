// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.strategies.placement;

import static org.assertj.core.api.Assertions.assertThat;

import eu.nephele.smo.api.model.ClusterId;
import eu.nephele.smo.api.placement.DecisionReason;
import eu.nephele.smo.api.placement.PlacementRequest;
import eu.nephele.smo.api.placement.PlacementRequestBuilder;
import eu.nephele.smo.api.placement.PlacementResult.Placed;
import eu.nephele.smo.api.runtime.CallContext;
import eu.nephele.smo.core.contract.decision.PlacementOutcome;
import eu.nephele.smo.core.contract.decision.StrategyRef;
import eu.nephele.smo.core.strategies.StrategyHost;
import eu.nephele.smo.core.strategies.registry.RegistryEntry;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Queue;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Versions come, go, are ejected and reinstated while eight threads decide: each call is decided, by one version. */
@Timeout(60)
class ComeAndGoTest {
    private static final int THREADS = 8;
    private static final int CHANGES = 400;
    private static final int CLUSTERS = 6;

    private final StrategyHost strategyHost = new StrategyHost();
    private final PlacementRequest request = new PlacementRequestBuilder(
                    StrategyHost.GRAPH,
                    DecisionReason.DEPLOY,
                    List.of(StrategyHost.service("a", 1), StrategyHost.service("b", 1)),
                    IntStream.range(0, CLUSTERS)
                            .mapToObj(i -> StrategyHost.cluster("c" + i, 4))
                            .toList())
            .build();
    private final AtomicLong asked = new AtomicLong();
    private final AtomicInteger insideAfterLeaving = new AtomicInteger();
    private final Queue<PlacementOutcome> decided = new ConcurrentLinkedQueue<>();
    private final AtomicBoolean stop = new AtomicBoolean();

    @Test
    void nothingIsLostAndNothingIsMixed() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(THREADS);
        try (strategyHost) {
            strategyHost.placement("first-fit", StrategyHost.allOn(0));
            strategyHost.objective("moves", (problem, costs) -> {});
            List<Future<?>> deciding = new ArrayList<>();
            for (int t = 0; t < THREADS; t++) {
                deciding.add(threads.submit(() -> {
                    while (!stop.get()) {
                        asked.incrementAndGet();
                        decided.add(strategyHost.decide(request, StrategyHost.wish("descriptor", "s")));
                    }
                }));
            }
            change();
            stop.set(true);
            for (Future<?> each : deciding) {
                each.get(20, TimeUnit.SECONDS);
            }
        } finally {
            threads.shutdownNow();
        }
        assertThat(decided).hasSize((int) asked.get());
        assertThat(insideAfterLeaving).hasValue(0);
        assertThat(decided).allSatisfy(outcome -> assertThat(clusterOf(outcome))
                .as("the answer is that of the version it names")
                .isEqualTo(StrategyHost.id("c" + versionOf(outcome))));
        assertThat(decided.stream().map(ComeAndGoTest::versionOf).distinct()).hasSizeGreaterThan(2);
    }

    private static int versionOf(PlacementOutcome outcome) {
        return outcome.decidedBy().id().equals("first-fit")
                ? 0
                : Integer.parseInt(outcome.decidedBy().version().substring(0, 1));
    }

    /** All services of a placement are on one cluster: that of its version. */
    private static ClusterId clusterOf(PlacementOutcome outcome) {
        List<ClusterId> clusters = ((Placed) outcome.result())
                .placement().shares().values().stream()
                        .flatMap(List::stream)
                        .map(share -> share.cluster())
                        .distinct()
                        .toList();
        assertThat(clusters).hasSize(1);
        return clusters.get(0);
    }

    private record Version(int number, RegistryEntry membership) {}

    private void change() {
        SplittableRandom random = new SplittableRandom(7);
        Deque<Version> present = new ArrayDeque<>();
        List<StrategyRef> ejected = new ArrayList<>();
        for (int change = 0; change < CHANGES; change++) {
            int before = decided.size();
            while (decided.size() < before + THREADS) {
                Thread.onSpinWait();
            }
            int what = random.nextInt(4);
            if (what == 0 || present.isEmpty()) {
                present.addLast(version(1 + random.nextInt(CLUSTERS - 1)));
            } else if (what == 1 || present.size() > 3) {
                present.removeFirst().membership().close();
            } else if (what == 2) {
                StrategyRef ref = ref(present.getLast().number());
                strategyHost.strategies.control().eject(ref, "for a while", CallContext.INTERNAL);
                ejected.add(ref);
            } else if (!ejected.isEmpty()) {
                letIn(ejected.remove(0), present);
            }
        }
        present.forEach(version -> version.membership().close());
    }

    private void letIn(StrategyRef ref, Deque<Version> present) {
        if (present.stream().anyMatch(version -> ref(version.number()).equals(ref))) {
            strategyHost.strategies.control().letIn(ref, CallContext.INTERNAL);
        }
    }

    private static StrategyRef ref(int version) {
        return new StrategyRef(StrategyRef.PLACEMENT, "s", version + ".0.0");
    }

    private Version version(int number) {
        AtomicBoolean left = new AtomicBoolean();
        RegistryEntry registryEntry = strategyHost.placement("s", number + ".0.0", (problem, context) -> {
            if (left.get()) {
                insideAfterLeaving.incrementAndGet();
            }
            return StrategyHost.placed(problem, number);
        });
        return new Version(number, () -> {
            registryEntry.close();
            left.set(true);
        });
    }
}
