// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.placement.optimal;

import static org.assertj.core.api.Assertions.assertThat;

import eu.nephele.smo.api.model.NoParameters;
import eu.nephele.smo.api.placement.Feasibility;
import eu.nephele.smo.api.placement.PlacementRequest;
import eu.nephele.smo.api.placement.PlacementResult.Placed;
import eu.nephele.smo.api.placement.PlacementResult.StopReason;
import eu.nephele.smo.lab.conformance.RandomProblems;
import eu.nephele.smo.lab.conformance.SimpleContext;
import eu.nephele.smo.placement.solver.RequestProblem;
import eu.nephele.smo.placement.solver.WorkBudget;
import java.time.Duration;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DeadlineTest {

    private static final long MARGIN_MILLIS = 2_000;

    @ParameterizedTest(name = "{0}x{1}, {2} slack, {3} nodes before the 0/1 program, {4} ms")
    @CsvSource({
        "50, 10, 0.50, 100000, 1000",
        "50, 10, 0.03, 100000, 1000",
        "50, 10, 0.03, 1000,   600",
        "50, 10, 0.10, 1000,   600",
        "200, 20, 0.10, 1000,  1000",
        "1000, 50, 0.10, 1000, 1000"
    })
    void answersInTimeWithAPlacementThatKeepsAllRules(
            int services, int clusters, double slack, int maxNodes, long millis) {
        PlacementRequest request = RandomProblems.federation(5, services, clusters, slack);
        OptimalStrategy strategy = new OptimalStrategy(500, maxNodes, 1);
        long start = System.nanoTime();
        Placed placed = (Placed) strategy.place(request, SimpleContext.within(millis));
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofMillis(millis + MARGIN_MILLIS));
        assertThat(Feasibility.violations(request, placed.placement())).isEmpty();
        assertThat(placed.quality().lowerBoundMicros()).isPresent();
        strategy.close();
    }

    @Test
    void aReplayOnTheWorkBudgetIsIdentical() {
        for (int maxNodes : new int[] {50_000_000, 1000}) {
            PlacementRequest request = RandomProblems.federation(5, 50, 10, 0.03);
            OptimalStrategy strategy = new OptimalStrategy(500, maxNodes, 4);
            Placed first = (Placed) strategy.place(request, SimpleContext.within(400));
            long units = first.quality().workUnits().orElseThrow();
            assertThat(strategy.place(request, SimpleContext.unlimited().withWorkBudget(units)))
                    .isEqualTo(first);
            strategy.close();
        }
    }

    @Test
    void anInterruptEndsTheCallAndStaysSet() throws Exception {
        PlacementRequest request = RandomProblems.federation(5, 50, 10, 0.03);
        OptimalStrategy strategy = new OptimalStrategy(500, 1000, 1);
        CompletableFuture<Boolean> interrupted = new CompletableFuture<>();
        Thread caller = new Thread(() -> {
            strategy.place(request, SimpleContext.unlimited());
            interrupted.complete(Thread.currentThread().isInterrupted());
        });
        caller.start();
        caller.interrupt();
        assertThat(interrupted.get(5, TimeUnit.SECONDS)).isTrue();
        strategy.close();
    }

    /** Without nodes of the exact search, only the solver could prove anything. */
    @Test
    void aBusySolverIsNotWaitedFor() {
        PlacementRequest request = RandomProblems.federation(5, 30, 8, 0.03);
        SolverThreads threads = new SolverThreads(1);
        java.util.concurrent.CountDownLatch busy = new java.util.concurrent.CountDownLatch(1);
        threads.start(() -> {
            try {
                busy.await();
            } catch (InterruptedException end) {
                Thread.currentThread().interrupt();
            }
        });
        SimpleContext context = SimpleContext.unlimited();
        Placed placed = (Placed)
                new SolveRun(RequestProblem.from(request), context, new WorkBudget(context), 500, 0, threads).find();
        assertThat(placed.quality().stop()).isEqualTo(StopReason.BUDGET);
        assertThat(placed.quality().note()).startsWith("no proof within the budget");
        busy.countDown();
    }

    @Test
    void withNoTimeAtAllThereIsAnAnswer() {
        PlacementRequest request = RandomProblems.federation(5, 20, 5, 0.5);
        SimpleContext none = new SimpleContext(() -> 0, OptionalLong.empty(), new NoParameters());
        Placed placed = (Placed) new OptimalStrategy(500, 1000, 1).place(request, none);
        assertThat(Feasibility.violations(request, placed.placement())).isEmpty();
        assertThat(placed.quality().stop()).isEqualTo(StopReason.BUDGET);
    }
}
