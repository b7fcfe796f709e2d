// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.placement.anytime;

import static org.assertj.core.api.Assertions.assertThat;

import eu.nephele.smo.api.placement.PlacementResult.Placed;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;

class DecisionBenchmarkTest {

    /** Once each, in this process: nothing is measured. */
    @Test
    void eachDecisionRuns() throws Exception {
        System.setProperty("jmh.ignoreLock", "true"); // those of other modules may run at the same time
        assertThat(new Runner(new OptionsBuilder()
                                .include(DecisionBenchmark.class.getName())
                                .forks(0)
                                .warmupIterations(0)
                                .measurementIterations(1)
                                .measurementTime(TimeValue.milliseconds(1))
                                .shouldFailOnError(true)
                                .verbosity(VerboseMode.SILENT)
                                .build())
                        .run())
                .extracting(result -> result.getParams().getParam("size"))
                .containsExactlyInAnyOrder("5x5", "30x100");
    }

    /** What finds no place would be decided in no time. */
    @ParameterizedTest
    @ValueSource(strings = {"5x5", "30x100"})
    void theServicesAreAllPlaced(String size) {
        DecisionBenchmark benchmark = new DecisionBenchmark();
        benchmark.size = size;
        benchmark.prepare();
        assertThat(benchmark.decision()).isInstanceOf(Placed.class);
    }
}
