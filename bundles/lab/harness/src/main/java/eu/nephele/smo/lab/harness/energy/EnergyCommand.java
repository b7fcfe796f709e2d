// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.harness.energy;

import eu.nephele.smo.lab.harness.decisions.InstalledComponents;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code ./smo bench energy}. Exit status 1: a limit was broken, or a service moved too often. */
@Command(
        name = "energy",
        description =
                "A day of three regions in virtual time: CO2, cost and moves of strategies, and whether they keep the"
                        + " limits.")
public final class EnergyCommand implements Callable<Integer> {

    @Spec
    private CommandSpec command;

    @Option(
            names = "--strategies",
            paramLabel = "SET,...",
            split = ",",
            description =
                    "Each an OBJECTIVE, a STRATEGY or STRATEGY/OBJECTIVE; the others are compared with the first one.")
    private List<String> strategies = List.of("balance", "carbon");

    @Option(
            names = "--plugin",
            paramLabel = "JAR",
            description = "With strategies or objectives of its own; repeatable.")
    private List<Path> plugins = List.of();

    @Option(names = "--graphs", paramLabel = "N", description = "Graphs of the day.")
    private int graphs = 100;

    @Option(names = "--services", paramLabel = "S", description = "Services of each graph.")
    private int services = 5;

    @Option(names = "--seed", paramLabel = "K", description = "Of graphs and curves.")
    private long seed = 1;

    @Option(names = "--picture", paramLabel = "FILE", description = "Draws the day (SVG).")
    private @Nullable Path picture;

    @Option(
            names = "--scenario",
            paramLabel = "FILE",
            description = "Writes the world for the simulated federation (YAML).")
    private @Nullable Path scenario;

    @Option(names = "--json", description = "The last line is JSON.")
    private boolean json;

    @Override
    public Integer call() throws IOException {
        DayStrategies installed = new DayStrategies(InstalledComponents.with(plugins));
        EnergyOptions options;
        try {
            options = new EnergyOptions(
                    strategies.stream()
                            .map(name -> StrategySet.parse(name, installed))
                            .toList(),
                    graphs,
                    services,
                    seed);
        } catch (IllegalArgumentException wrong) {
            throw new ParameterException(command.commandLine(), wrong.getMessage(), wrong);
        }
        EnergyRun run = new EnergyRun(options, installed);
        if (scenario != null) {
            Files.writeString(scenario, ScenarioText.of(run.regions().scenario()));
        }
        EnergyResult result = run.run();
        if (picture != null) {
            Files.writeString(picture, DayPicture.svg(result));
        }
        System.out.print(result.table());
        if (json) {
            System.out.println(result.json());
        }
        return result.isGood() ? 0 : 1;
    }
}
