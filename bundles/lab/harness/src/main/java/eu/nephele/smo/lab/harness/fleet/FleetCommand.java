// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.harness.fleet;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code ./smo bench fleet}. Exit status 1: the plan breaks a rule. */
@Command(
        name = "fleet",
        description = "Plans a generated fleet, then carries the steps out one after the other and checks each.")
public final class FleetCommand implements Callable<Integer> {

    @Spec
    private CommandSpec command;

    @Option(names = "--graphs", paramLabel = "N", description = "Graphs of the fleet.")
    private int graphs = 2_000;

    @Option(names = "--services", paramLabel = "S", description = "Services of each graph.")
    private int services = 5;

    @Option(names = "--clusters", paramLabel = "C", description = "Clusters, 70 % full.")
    private int clusters = 100;

    @Option(names = "--max-moves", paramLabel = "M", description = "Most services that move.")
    private int maxMoves = 200;

    @Option(names = "--seconds", paramLabel = "T", description = "Time for the search.")
    private int seconds = 15;

    @Option(names = "--seed", paramLabel = "K", description = "Of the fleet.")
    private long seed = 1;

    @Option(names = "--json", description = "The last line is JSON.")
    private boolean json;

    @Override
    public Integer call() {
        FleetOptions options;
        try {
            options = new FleetOptions(graphs, services, clusters, maxMoves, seconds, seed);
        } catch (IllegalArgumentException wrong) {
            throw new ParameterException(command.commandLine(), wrong.getMessage(), wrong);
        }
        FleetResult result = new FleetRun(options).run();
        System.out.print(result.table());
        if (json) {
            System.out.println(result.json());
        }
        return result.isGood() ? 0 : 1;
    }
}
