// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.harness.decisions;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code decisions}, a part of {@code ./smo bench startup}. */
@Command(name = "decisions", description = "Measures decisions per second of this Java, with these flags.")
public final class DecisionsCommand implements Callable<Integer> {

    @Spec
    private CommandSpec command;

    @Option(names = "--json", description = "One line of JSON instead of a table.")
    private boolean json;

    @Option(names = "--warm-up", paramLabel = "ROUNDS", description = "Rounds that are not counted.")
    private int warmUp = 25;

    @Option(names = "--rounds", paramLabel = "ROUNDS", description = "Rounds that are.")
    private int rounds = 9;

    @Override
    public Integer call() {
        DecisionsBenchmark benchmark;
        try {
            benchmark = new DecisionsBenchmark(warmUp, rounds);
        } catch (IllegalArgumentException e) {
            throw new ParameterException(command.commandLine(), e.getMessage(), e);
        }
        DecisionRates rates = benchmark.run();
        System.out.println(json ? rates.json() : rates.table());
        return 0;
    }
}
