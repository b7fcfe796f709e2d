// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.harness.engine;

import eu.nephele.smo.lab.harness.command.CommandLineArguments;
import eu.nephele.smo.lab.harness.command.Program;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/**
 * Options of a run.
 *
 * @param fleet graphs and clusters
 * @param clients concurrent clients, each with one request after the other
 * @param postgresql whether the server stores in a PostgreSQL, else in the embedded database
 * @param phases phases to run; the deployment is always among them
 * @param spans durations
 * @param wantedDeliveries least number of waiting deliveries to webhooks; empty for ten of each graph, 100,000 at most
 * @param growth numbers of graphs that are measured one after the other, in place of those of {@code fleet}; none for one run
 * @param picture file for the picture of growth
 * @param data folder for data and logs; empty for a temporary one that is removed after success
 * @param json whether the last line is JSON
 * @param server command that starts the server, to which options are added
 */
public record EngineOptions(
        BenchFleet fleet,
        int clients,
        boolean postgresql,
        Set<String> phases,
        Spans spans,
        OptionalInt wantedDeliveries,
        List<Integer> growth,
        Path picture,
        Optional<Path> data,
        boolean json,
        List<String> server)
        implements Program.ProgramOptions {

    static final String USAGE = "bench engine [--graphs N] [--services S] [--clusters C] [--clients K]"
            + " [--database h2|postgresql] [--phases NAME,...] [--steady-seconds T] [--drift-seconds T]"
            + " [--open-seconds T] [--read-rate PER_SECOND] [--read-seconds T] [--overload-seconds T]"
            + " [--room-seconds T] [--deliveries N] [--growth N,... [--picture FILE]] [--data DIR] [--json]";

    private static final String DATABASE = "--database";
    private static final String PHASES = "--phases";
    private static final String GROWTH = "--growth";
    private static final String DELIVERIES = "--deliveries";
    private static final int FEWEST_GRAPHS = 10;
    private static final int DELIVERIES_PER_GRAPH = 10;
    private static final int MOST_DELIVERIES = 100_000;
    private static final Set<String> VALUES = Set.of(
            "--graphs",
            "--services",
            "--clusters",
            "--clients",
            DATABASE,
            PHASES,
            "--steady-seconds",
            "--drift-seconds",
            "--open-seconds",
            "--read-rate",
            "--read-seconds",
            "--overload-seconds",
            "--room-seconds",
            DELIVERIES,
            GROWTH,
            "--picture");

    public EngineOptions {
        phases = Set.copyOf(phases);
        growth = List.copyOf(growth);
        server = List.copyOf(server);
        if (fleet.graphs() < FEWEST_GRAPHS || growth.stream().anyMatch(number -> number < FEWEST_GRAPHS)) {
            throw new IllegalArgumentException("graphs are 10 or more");
        }
        if (fleet.services() < 1 || fleet.clusters() < 2 || clients < 1) {
            throw new IllegalArgumentException("clusters 2 or more, services and clients 1 or more");
        }
        if (wantedDeliveries.orElse(1) < 1) {
            throw new IllegalArgumentException("deliveries are 1 or more");
        }
    }

    /**
     * Reads {@code OPTIONS -- COMMAND OF THE SERVER}.
     *
     * @throws IllegalArgumentException with a message for people
     */
    public static EngineOptions parse(List<String> arguments) {
        CommandLineArguments given = CommandLineArguments.create(arguments, USAGE, Set.of(), VALUES);
        String database = given.text(DATABASE, "h2");
        if (!Set.of("h2", "postgresql").contains(database)) {
            throw new IllegalArgumentException("%s %s: expected h2 or postgresql".formatted(DATABASE, database));
        }
        return new EngineOptions(
                new BenchFleet(
                        given.number("--graphs", 1000), given.number("--services", 3), given.number("--clusters", 100)),
                given.number("--clients", 16),
                database.equals("postgresql"),
                phases(given.text(PHASES, String.join(",", BenchPhases.names()))),
                new Spans(
                        given.number("--steady-seconds", 60),
                        given.number("--drift-seconds", 60),
                        given.number("--open-seconds", 30),
                        given.number("--read-seconds", 20),
                        given.number("--read-rate", 200),
                        given.number("--overload-seconds", 20),
                        given.number("--room-seconds", 60)),
                given.has(DELIVERIES) ? OptionalInt.of(given.number(DELIVERIES, 0)) : OptionalInt.empty(),
                growth(given.text(GROWTH, "")),
                Path.of(given.text("--picture", "engine-growth.svg")),
                given.data(),
                given.json(),
                given.server());
    }

    /** A copy with another number of graphs, for one run. */
    EngineOptions withGraphs(int number) {
        return new EngineOptions(
                fleet.withGraphs(number),
                clients,
                postgresql,
                phases,
                spans,
                wantedDeliveries,
                List.of(),
                picture,
                data,
                json,
                server);
    }

    /** Least number of waiting deliveries to webhooks. */
    int deliveries() {
        return wantedDeliveries.orElse((int) Math.min(MOST_DELIVERIES, (long) DELIVERIES_PER_GRAPH * fleet.graphs()));
    }

    private static List<Integer> growth(String numbers) {
        if (numbers.isEmpty()) {
            return List.of();
        }
        try {
            return Arrays.stream(numbers.split(",", -1)).map(Integer::valueOf).toList();
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("%s %s: expected whole numbers".formatted(GROWTH, numbers), e);
        }
    }

    private static Set<String> phases(String names) {
        Set<String> wanted = new LinkedHashSet<>(Arrays.asList(names.split(",", -1)));
        List<String> known = BenchPhases.names();
        wanted.stream().filter(name -> !known.contains(name)).findFirst().ifPresent(name -> {
            throw new IllegalArgumentException(
                    "%s %s: unknown phase, expected one of %s".formatted(PHASES, name, String.join(", ", known)));
        });
        wanted.add(BenchPhases.DEPLOY);
        return wanted;
    }
}
