// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.benchmarks.engine;

import eu.nephele.smo.lab.chaos.Arguments;
import eu.nephele.smo.lab.chaos.Program;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What is measured.
 *
 * @param graphs how many are deployed
 * @param services of each graph
 * @param clusters of the simulated federation; together they have twice the room that the graphs need
 * @param clients that ask at the same time, each one thing after the other
 * @param postgresql whether the server stores in a PostgreSQL, else in the embedded database
 * @param steadySeconds how long the server is watched while nothing changes
 * @param data where data and logs go; empty for a temporary place that is removed when all is well
 * @param json whether the last line is JSON
 * @param server command that starts the server, to which options are added
 */
public record EngineOptions(
        int graphs,
        int services,
        int clusters,
        int clients,
        boolean postgresql,
        int steadySeconds,
        Optional<Path> data,
        boolean json,
        List<String> server)
        implements Program.Wish {

    static final String USAGE = "bench engine [--graphs N] [--services S] [--clusters C] [--clients K]"
            + " [--database h2|postgresql] [--steady-seconds T] [--data DIR] [--json]";

    private static final String DATABASE = "--database";
    private static final Set<String> VALUES =
            Set.of("--graphs", "--services", "--clusters", "--clients", DATABASE, "--steady-seconds");

    public EngineOptions {
        server = List.copyOf(server);
        if (graphs < 10 || services < 1 || clusters < 2 || clients < 1 || steadySeconds < 1) {
            throw new IllegalArgumentException(
                    "graphs are 10 or more, clusters 2 or more, services, clients and steady-seconds 1 or more");
        }
    }

    /**
     * Reads {@code OPTIONS -- COMMAND OF THE SERVER}.
     *
     * @throws IllegalArgumentException with a message for people
     */
    static EngineOptions parse(List<String> arguments) {
        Arguments given = Arguments.of(arguments, USAGE, Set.of(), VALUES);
        String database = given.text(DATABASE, "h2");
        if (!Set.of("h2", "postgresql").contains(database)) {
            throw new IllegalArgumentException("%s %s: expected h2 or postgresql".formatted(DATABASE, database));
        }
        return new EngineOptions(
                given.number("--graphs", 1000),
                given.number("--services", 3),
                given.number("--clusters", 100),
                given.number("--clients", 16),
                database.equals("postgresql"),
                given.number("--steady-seconds", 60),
                given.data(),
                given.json(),
                given.server());
    }
}
