// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.placement.solver;

import eu.nephele.smo.api.placement.PlacementRequest;
import eu.nephele.smo.lab.conformance.SimpleContext;
import java.util.Optional;
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

/** How long it takes to find what would make a request fit, at a hundred clusters: {@code ./smo bench loops}. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(1)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
public class CounterfactualBenchmark {

    @Param
    private CrowdedFederation federation = CrowdedFederation.TOO_LARGE;

    private Optional<PlacementRequest> request = Optional.empty();

    @Setup
    public void prepare() {
        request = Optional.of(federation.request());
    }

    @Benchmark
    public Optional<Counterfactual> suggestedChange() {
        return new CounterfactualSearch(request.orElseThrow(), new WorkBudget(SimpleContext.unlimited())).find();
    }
}
