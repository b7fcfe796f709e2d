// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.harness.chaos;

import eu.nephele.smo.lab.harness.chaos.ChaosOptions.Outer;
import eu.nephele.smo.lab.harness.command.DatabaseKind;
import eu.nephele.smo.lab.harness.command.RunCommand;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code ./smo chaos}. */
@Command(
        name = "chaos",
        description = "Kills the server again and again while clients change graphs; then compares the world with what"
                + " was acknowledged.")
public final class ChaosCommand extends RunCommand {

    @Option(names = "--kills", paramLabel = "N", description = "Kills of the server.")
    private int kills = 20;

    @Option(names = "--seed", paramLabel = "S", description = "Of everything random.")
    private long seed = 1;

    @Option(
            names = "--world",
            paramLabel = "WORLD",
            description = "simulated, real (or karmada), contexts, or containers.")
    private String world = "simulated";

    @Option(names = "--database", paramLabel = "DATABASE", description = "${COMPLETION-CANDIDATES}.")
    private DatabaseKind database = DatabaseKind.H2;

    @Option(names = "--standby", description = "Two servers on one PostgreSQL, whose owner is hit.")
    private boolean standby;

    @Option(names = "--graphs", paramLabel = "G", description = "Graphs; default: 8, in a real world 4.")
    private @Nullable Integer graphs;

    @Option(names = "--clients", paramLabel = "C", description = "Clients; default: 4, in a real world 2.")
    private @Nullable Integer clients;

    @Option(names = "--filled", description = "All graphs are deployed before the first kill.")
    private boolean filled;

    @Option(names = "--latency-millis", paramLabel = "N", description = "Longest call to the simulated world.")
    private int latencyMillis = 40;

    @Option(names = "--verbose", description = "Each kill is printed.")
    private boolean verbose;

    @Override
    protected Run run() {
        ChaosOptions options = options();
        return options.world() == Outer.CONTAINERS
                ? (folder, progress) -> new ContainersChaosRun(options, folder, progress).run()
                : (folder, progress) -> new ChaosRun(options, folder, progress).run();
    }

    ChaosOptions options() {
        Outer outer = outer();
        int size = outer == Outer.SIMULATED ? 2 : 1;
        Traffic traffic = new Traffic(graphs == null ? 4 * size : graphs, clients == null ? 2 * size : clients, filled);
        return new ChaosOptions(kills, seed, outer, database, standby, traffic, latencyMillis, verbose, server());
    }

    private Outer outer() {
        return switch (world.toLowerCase(Locale.ROOT)) {
            case "simulated" -> Outer.SIMULATED;
            case "real", "karmada" -> Outer.KARMADA;
            case "contexts" -> Outer.CONTEXTS;
            case "containers" -> Outer.CONTAINERS;
            default ->
                throw new IllegalArgumentException(
                        "--world %s: expected simulated, real, karmada, contexts or containers".formatted(world));
        };
    }
}
