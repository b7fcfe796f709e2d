// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.harness;

import eu.nephele.smo.lab.harness.attack.AttackCommand;
import eu.nephele.smo.lab.harness.audit.AuditBenchCommand;
import eu.nephele.smo.lab.harness.backtest.BacktestCommand;
import eu.nephele.smo.lab.harness.chaos.ChaosCommand;
import eu.nephele.smo.lab.harness.containers.ContainersCommand;
import eu.nephele.smo.lab.harness.containers.ContainersDemoCommand;
import eu.nephele.smo.lab.harness.decisions.DecisionsCommand;
import eu.nephele.smo.lab.harness.energy.EnergyCommand;
import eu.nephele.smo.lab.harness.engine.EngineCommand;
import eu.nephele.smo.lab.harness.exact.ExactCommand;
import eu.nephele.smo.lab.harness.fleet.FleetCommand;
import eu.nephele.smo.lab.harness.loops.LoopsCommand;
import eu.nephele.smo.lab.harness.placement.PlacementCommand;
import eu.nephele.smo.lab.harness.profiles.ProfilesCommand;
import eu.nephele.smo.lab.harness.scale.ScaleCommand;
import eu.nephele.smo.lab.harness.scaling.ScalingCommand;
import eu.nephele.smo.lab.harness.swap.SwapCommand;
import java.io.IOException;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;

/**
 * The command line of the lab. Exit status of each command: 0 success, 1 findings, 64 wrong options, 70 failure of the run
 * itself.
 */
@Command(
        name = "./smo",
        description = "Kills, attacks and measures servers.",
        scope = ScopeType.INHERIT,
        exitCodeOnInvalidInput = Main.WRONG_USAGE,
        exitCodeOnExecutionException = Main.FAILED,
        showDefaultValues = true,
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {
            ChaosCommand.class,
            AttackCommand.class,
            Main.BenchCommands.class,
            Main.ScalingCommands.class,
            Main.DemoCommands.class,
            DecisionsCommand.class
        })
public final class Main {

    static final int WRONG_USAGE = 64;
    static final int FAILED = 70;

    /** Only picocli reads it. */
    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            scope = ScopeType.INHERIT,
            description = "Shows the usage of the command.")
    boolean help;

    private Main() {}

    @Command(
            name = "bench",
            description = "Measures; ./smo bench startup is a command of the script.",
            subcommands = {
                SwapCommand.class,
                EngineCommand.class,
                ContainersCommand.class,
                ScaleCommand.class,
                PlacementCommand.class,
                ExactCommand.class,
                ScalingCommand.class,
                FleetCommand.class,
                EnergyCommand.class,
                ProfilesCommand.class,
                AuditBenchCommand.class,
                LoopsCommand.class
            })
    static final class BenchCommands {}

    @Command(
            name = "scaling",
            description = "Tries scaling strategies; no server is needed.",
            subcommands = BacktestCommand.class)
    static final class ScalingCommands {}

    @Command(
            name = "demo",
            description = "Shows what happens; ./smo demo alone is a command of the script.",
            subcommands = ContainersDemoCommand.class)
    static final class DemoCommands {}

    public static void main(String[] arguments) {
        System.exit(status(arguments));
    }

    static int status(String... arguments) {
        return new CommandLine(new Main())
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setExecutionExceptionHandler((failure, command, parsed) -> report(failure, command))
                .execute(arguments);
    }

    private static int report(Exception failure, CommandLine command) throws Exception {
        if (failure instanceof IOException) {
            command.getErr().printf("%s: %s%n", command.getCommandSpec().qualifiedName(), failure.getMessage());
            return FAILED;
        }
        throw failure;
    }
}
