// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.placement.solver;

import eu.nephele.smo.api.placement.PlacementRequest;
import eu.nephele.smo.lab.conformance.RandomProblems;
import eu.nephele.smo.lab.conformance.SimpleContext;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * The loops in which the solver spends its time: {@code ./smo bench loops}. Except for the nodes, which need a problem that can be proven, they
 * work on 200 items and 20 clusters with traffic, filled up to 95 %.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(1)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
public class SolverBenchmark {

    private static final int ITEMS = 200;
    private static final int CLUSTERS = 20;
    private static final int MOVES = 4_096;
    private static final int NODES = 1_000;
    private static final double TARGET = 1e12;

    private final WorkBudget work = new WorkBudget(SimpleContext.unlimited());
    private final int[] items = new int[MOVES];
    private final int[] clusters = new int[MOVES];
    private SearchState state;
    private Annealing annealing;
    private double temperature;
    private CapacityPrices prices;
    private TrafficMessages traffic;
    private AssignmentProblem small;
    private WholePrices pricesOfSmall;
    private PlacementRequest request;

    @Setup
    public void prepare() {
        AssignmentProblem problem = PlantedProblem.linked(1, ITEMS, CLUSTERS, 5);
        SplittableRandom random = new SplittableRandom(1);
        prices = new CapacityPrices(problem);
        prices.improve(100, TARGET, work);
        traffic = new TrafficMessages(problem);
        traffic.update(prices, work, Long.MAX_VALUE / 2);
        state = new SearchState(problem);
        state.reset(new RegretConstruction(problem, prices).build());
        CandidateLists candidates = new CandidateLists(problem, prices, random.split(), true);
        OverflowPrices overflowPrices = new OverflowPrices(problem, prices, state, candidates.meanRegret());
        double[] base = overflowPrices.base();
        System.arraycopy(base, 0, state.overflowPrice, 0, base.length);
        annealing = new Annealing(
                state, candidates, new BestFound(problem, new Incumbent()), overflowPrices, random.split(), work);
        temperature = candidates.meanRegret();
        for (int move = 0; move < MOVES; move++) {
            items[move] = random.nextInt(ITEMS);
            clusters[move] = random.nextInt(CLUSTERS);
        }
        small = PlantedProblem.planted(7, 40, 6, 5);
        CapacityPrices found = new CapacityPrices(small);
        found.improve(200, TARGET, work);
        pricesOfSmall = new WholePrices(small, found);
        request = RandomProblems.federation(1, ITEMS, CLUSTERS, 0.05);
    }

    /** What a move would change: one service to one cluster. */
    @Benchmark
    @OperationsPerInvocation(MOVES)
    public double moveEvaluation() {
        double sum = 0;
        for (int move = 0; move < MOVES; move++) {
            sum += state.change(items[move], clusters[move]);
        }
        return sum;
    }

    /** A move of the annealing at one temperature, with everything that belongs to it. */
    @Benchmark
    @OperationsPerInvocation(MOVES)
    public double annealingMove() {
        annealing.run(MOVES, temperature, temperature, () -> {});
        return state.cost();
    }

    /** One pass over all items and clusters at the present capacity prices. */
    @Benchmark
    public long pricePass() {
        prices.pass(TARGET);
        return prices.bound();
    }

    /** One update of the messages of all pairs with traffic. */
    @Benchmark
    public double messageSweep() {
        traffic.update(prices, work, Long.MAX_VALUE / 2);
        return traffic.magnitude();
    }

    /** A node of the exact search with prices, 40 items and 6 clusters. */
    @Benchmark
    @OperationsPerInvocation(NODES)
    public boolean exactSearchNode() {
        Incumbent incumbent = new Incumbent();
        if (new BranchAndBound(small, work, new SearchNode(small, pricesOfSmall)).improve(incumbent, NODES)) {
            throw new IllegalStateException("The search has ended before %d nodes".formatted(NODES));
        }
        return incumbent.exists();
    }

    /** A request of 200 services and 20 clusters, without links, into arrays. */
    @Benchmark
    public Object requestReading() {
        return RequestProblem.from(request);
    }
}
