// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.placement.anytime;

import static org.assertj.core.api.Assertions.assertThat;

import eu.nephele.smo.api.placement.Feasibility;
import eu.nephele.smo.api.placement.PlacementRequest;
import eu.nephele.smo.api.placement.PlacementResult.Placed;
import eu.nephele.smo.api.placement.PlacementResult.StopReason;
import eu.nephele.smo.lab.conformance.Pricing;
import eu.nephele.smo.lab.conformance.RandomProblems;
import eu.nephele.smo.lab.conformance.SimpleContext;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DeadlineTest {

    private static final long MARGIN_MILLIS = 1_500;

    private final AnytimeStrategy strategy = new AnytimeStrategy();

    @ParameterizedTest(name = "{0} services, {1} clusters, {2} of the capacity spare, {3} ms")
    @CsvSource({"50, 10, 0.03, 300", "200, 20, 0.05, 600", "1000, 100, 0.10, 1500", "3000, 10, 0.05, 1000"})
    void answersInTimeWithAPlacementThatKeepsAllRules(int services, int clusters, double spare, long millis) {
        PlacementRequest request = RandomProblems.federation(5, services, clusters, spare);
        long start = System.nanoTime();
        Placed placed = (Placed) strategy.place(request, SimpleContext.within(millis));
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofMillis(millis + MARGIN_MILLIS));
        assertThat(Feasibility.violations(request, placed.placement())).isEmpty();
        assertThat(placed.quality().stop()).isEqualTo(StopReason.BUDGET);
        assertThat(placed.quality().note())
                .matches("the best within the budget; gap to the lower bound .* % of the cost");
        assertThat(placed.quality().lowerBoundMicros().orElseThrow())
                .isBetween(1L, Pricing.total(request, placed.placement(), 0));
    }

    @Test
    void anInterruptEndsTheCallAndStaysSet() throws Exception {
        PlacementRequest request = RandomProblems.federation(5, 200, 20, 0.05);
        CompletableFuture<Boolean> interrupted = new CompletableFuture<>();
        Thread caller = new Thread(() -> {
            strategy.place(request, SimpleContext.within(60_000));
            interrupted.complete(Thread.currentThread().isInterrupted());
        });
        caller.start();
        caller.interrupt();
        assertThat(interrupted.get(10, TimeUnit.SECONDS)).isTrue();
    }
}
