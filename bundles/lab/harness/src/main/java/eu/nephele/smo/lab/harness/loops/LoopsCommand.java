// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.harness.loops;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.NoBenchmarksException;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.format.OutputFormatFactory;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code ./smo bench loops}: the benchmarks on the class path. */
@Command(
        name = "loops",
        description =
                "Measures hot loops by JMH, each in a process of its own. The last line is JSON, progress is on standard error.")
public final class LoopsCommand implements Callable<Integer> {

    private static final TimeValue SHORT = TimeValue.milliseconds(200);
    private static final int FEW = 3;

    @Spec
    private CommandSpec command;

    @Option(
            names = "--quick",
            description =
                    "Iterations of 0.2 s instead of 1 s, and three instead of five: to see whether something is far off.")
    private boolean quick;

    @Option(
            names = "--only",
            paramLabel = "PATTERN",
            description =
                    "Regular expression that is found in Class.method of what is measured, such as SolverBenchmark.price.")
    private String only = "";

    @Override
    public Integer call() throws IOException {
        try {
            Pattern.compile(only);
        } catch (PatternSyntaxException wrong) {
            throw new ParameterException(command.commandLine(), "--only: " + wrong.getMessage(), wrong);
        }
        ChainedOptionsBuilder options = new OptionsBuilder().include(only).shouldFailOnError(true);
        if (quick) {
            options.warmupIterations(FEW)
                    .warmupTime(SHORT)
                    .measurementIterations(FEW)
                    .measurementTime(SHORT);
        }
        LoopTimes times = new LoopTimes(run(options));
        System.out.print(times.table());
        System.out.println(times.json(quick));
        return 0;
    }

    private List<RunResult> run(ChainedOptionsBuilder options) throws IOException {
        try {
            return List.copyOf(new Runner(
                            options.build(), OutputFormatFactory.createFormatInstance(System.err, VerboseMode.NORMAL))
                    .run());
        } catch (NoBenchmarksException none) {
            throw new ParameterException(command.commandLine(), "No benchmark matches '%s'".formatted(only), none);
        } catch (RunnerException failed) {
            throw new IOException("A benchmark has failed: " + failed.getMessage(), failed);
        }
    }
}
