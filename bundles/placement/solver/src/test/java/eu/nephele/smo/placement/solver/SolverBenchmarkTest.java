// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.placement.solver;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;

class SolverBenchmarkTest {

    /** Once each, in this process: nothing is measured. */
    @Test
    void eachLoopRuns() throws Exception {
        System.setProperty("jmh.ignoreLock", "true"); // those of other modules may run at the same time
        assertThat(new Runner(new OptionsBuilder()
                                .include(SolverBenchmark.class.getName())
                                .include(CounterfactualBenchmark.class.getName())
                                .forks(0)
                                .warmupIterations(0)
                                .measurementIterations(1)
                                .measurementTime(TimeValue.milliseconds(1))
                                .shouldFailOnError(true)
                                .verbosity(VerboseMode.SILENT)
                                .build())
                        .run())
                .extracting(result -> result.getPrimaryResult().getLabel())
                .containsExactlyInAnyOrder(
                        "moveEvaluation",
                        "annealingMove",
                        "pricePass",
                        "messageSweep",
                        "exactSearchNode",
                        "requestReading",
                        "suggestedChange",
                        "suggestedChange",
                        "suggestedChange");
    }
}
