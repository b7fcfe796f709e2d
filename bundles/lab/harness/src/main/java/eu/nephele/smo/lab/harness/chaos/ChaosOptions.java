// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.harness.chaos;
import eu.nephele.smo.lab.harness.command.CommandLineArguments;
import eu.nephele.smo.lab.harness.command.Program;

import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * Options of a run.
 *
 * @param kills number of kills of the server, 0 or more
 * @param seed of everything random; the moments are real time and so never quite the same
 * @param world world outside the server
 * @param database database of the server
 * @param standby whether a second server stands by: the owner of the database is hit instead of the only server
 * @param traffic requests of clients
 * @param latencyMillis longest duration of a call to the world
 * @param data folder for data and logs; empty for a temporary one that is removed after success
 * @param json whether the last line is JSON
 * @param verbose whether each kill is printed
 * @param server command that starts the server, to which options are added
 */
public record ChaosOptions(
        int kills,
        long seed,
        Outer world,
        DatabaseKind database,
        boolean standby,
        Traffic traffic,
        int latencyMillis,
        Optional<Path> data,
        boolean json,
        boolean verbose,
        List<String> server)
        implements Program.ProgramOptions {

    static final String USAGE =
            "chaos --kills N --seed S [--world simulated|real|karmada|contexts] [--database h2|postgresql]"
                    + " [--standby]"
                    + " [--graphs G] [--clients C] [--filled]"
                    + " [--latency-millis N] [--data DIR] [--json] [--verbose]";

    private static final Set<String> FLAGS = Set.of("--verbose", "--filled", "--standby");
    private static final Set<String> VALUES =
            Set.of("--kills", "--seed", "--world", "--database", "--graphs", "--clients", "--latency-millis");

    public ChaosOptions {
        server = List.copyOf(server);
        if (kills < 0 || traffic.graphs() < 1 || traffic.clients() < 1 || latencyMillis < 0) {
            throw new IllegalArgumentException("kills and latency-millis are 0 or more, graphs and clients 1 or more");
        }
        if (standby && database != DatabaseKind.POSTGRESQL) {
            throw new IllegalArgumentException(
                    "--standby needs --database postgresql: an embedded database has one server");
        }
        if (standby && world != Outer.SIMULATED) {
            throw new IllegalArgumentException(
                    "--standby needs --world simulated: it is this world that says which server has written");
        }
    }

    /** Worlds outside the server. */
    public enum Outer {
        SIMULATED,
        /** real API servers below a control plane whose Karmada is played */
        KARMADA,
        /** plain clusters of real API servers */
        CONTEXTS
    }

    /** Databases of the server. */
    public enum DatabaseKind {
        H2,
        POSTGRESQL
    }

    /**
     * Reads {@code OPTIONS -- COMMAND OF THE SERVER}.
     *
     * @throws IllegalArgumentException with a message for people
     */
    public static ChaosOptions parse(List<String> arguments) {
        CommandLineArguments given = CommandLineArguments.create(arguments, USAGE, FLAGS, VALUES);
        Outer world = world(given.text("--world", "simulated"));
        return new ChaosOptions(
                given.number("--kills", 20),
                given.number("--seed", 1),
                world,
                database(given.text("--database", "h2")),
                given.has("--standby"),
                new Traffic(
                        given.number("--graphs", world == Outer.SIMULATED ? 8 : 4),
                        given.number("--clients", world == Outer.SIMULATED ? 4 : 2),
                        given.has("--filled")),
                given.number("--latency-millis", 40),
                given.data(),
                given.json(),
                given.has("--verbose"),
                given.server());
    }

    private static Outer world(String text) {
        return switch (text.toLowerCase(Locale.ROOT)) {
            case "simulated" -> Outer.SIMULATED;
            case "real", "karmada" -> Outer.KARMADA;
            case "contexts" -> Outer.CONTEXTS;
            default ->
                throw new IllegalArgumentException(
                        "--world %s: expected simulated, real, karmada or contexts".formatted(text));
        };
    }

    private static DatabaseKind database(String text) {
        return switch (text.toLowerCase(Locale.ROOT)) {
            case "h2" -> DatabaseKind.H2;
            case "postgresql" -> DatabaseKind.POSTGRESQL;
            default -> throw new IllegalArgumentException("--database %s: expected h2 or postgresql".formatted(text));
        };
    }
}
