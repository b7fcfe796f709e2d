// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.harness.loops;

import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code ./smo bench loops}. JMH stays in {@link LoopRun}: other commands run without it, and their command line reads this class, too. */
@Command(
        name = "loops",
        description =
                "Measures hot loops by JMH, each in a process of its own. The last line is JSON, progress is on standard error.")
public final class LoopsCommand implements Callable<Integer> {

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
            LoopTimes times = new LoopRun(only, quick).run();
            System.out.print(times.table());
            System.out.println(times.json(quick));
            return 0;
        } catch (IllegalArgumentException wrong) {
            throw new ParameterException(command.commandLine(), "--only: " + wrong.getMessage(), wrong);
        }
    }
}
