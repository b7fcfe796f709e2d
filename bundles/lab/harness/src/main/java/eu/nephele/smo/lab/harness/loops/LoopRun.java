// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.harness.loops;

import java.io.IOException;
import java.util.regex.Pattern;
import org.openjdk.jmh.runner.NoBenchmarksException;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.format.OutputFormatFactory;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;

/** Runs the JMH benchmarks on the class path. */
final class LoopRun {

    private static final TimeValue SHORT = TimeValue.milliseconds(200);
    private static final int FEW = 3;

    private final String only;
    private final boolean quick;

    /**
     * @param only regular expression that is found in the names of those that run
     * @param quick fewer and shorter iterations than the benchmarks say
     * @throws java.util.regex.PatternSyntaxException if it is no regular expression
     */
    LoopRun(String only, boolean quick) {
        this.only = Pattern.compile(only).pattern();
        this.quick = quick;
    }

    /**
     * @throws IllegalArgumentException if there is no such benchmark
     * @throws IOException if one fails
     */
    LoopTimes run() throws IOException {
        ChainedOptionsBuilder options = new OptionsBuilder().include(only).shouldFailOnError(true);
        if (quick) {
            options.warmupIterations(FEW)
                    .warmupTime(SHORT)
                    .measurementIterations(FEW)
                    .measurementTime(SHORT);
        }
        try {
            return new LoopTimes(new Runner(
                            options.build(), OutputFormatFactory.createFormatInstance(System.err, VerboseMode.NORMAL))
                    .run());
        } catch (NoBenchmarksException none) {
            throw new IllegalArgumentException("no benchmark matches '%s'".formatted(only), none);
        } catch (RunnerException failed) {
            throw new IOException("A benchmark has failed: " + failed.getMessage(), failed);
        }
    }
}
