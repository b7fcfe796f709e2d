// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.placement.anytime;

import eu.nephele.smo.api.placement.PlacementRequest;
import eu.nephele.smo.api.placement.PlacementResult;
import eu.nephele.smo.lab.conformance.RandomProblems;
import eu.nephele.smo.lab.conformance.SimpleContext;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** Whole decisions without a limit of time, from the request to the answer: {@code ./smo bench loops}. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(1)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
public class DecisionBenchmark {

    private static final double SLACK = 0.35;

    /** Services x clusters. */
    @Param({"5x5", "30x100"})
    public String size = "";

    private final AnytimeStrategy strategy = new AnytimeStrategy();
    private PlacementRequest request;

    @Setup
    public void prepare() {
        String[] numbers = size.split("x", -1);
        request = RandomProblems.federation(1, Integer.parseInt(numbers[0]), Integer.parseInt(numbers[1]), SLACK);
    }

    @Benchmark
    public PlacementResult decision() {
        return strategy.place(request, SimpleContext.unlimited());
    }
}
