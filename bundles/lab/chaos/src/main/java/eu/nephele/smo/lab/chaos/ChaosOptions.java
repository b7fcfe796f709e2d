// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.chaos;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What is to happen.
 *
 * @param kills how often the server is killed, 0 or more
 * @param seed of everything random; the moments are real time and so never quite the same
 * @param world what is outside the server
 * @param database what the server stores in
 * @param graphs how many graphs are changed all the time
 * @param clients how many clients change them, each its own
 * @param latencyMillis how long a call to the world takes at most
 * @param data where data and logs go; empty for a temporary place that is removed when all is well
 * @param json whether the last line is JSON
 * @param verbose whether each kill is told
 * @param server command that starts the server, to which options are added
 */
public record ChaosOptions(
        int kills,
        long seed,
        Outer world,
        Database database,
        int graphs,
        int clients,
        int latencyMillis,
        Optional<Path> data,
        boolean json,
        boolean verbose,
        List<String> server) {

    static final String USAGE =
            "chaos --kills N --seed S [--world simulated|real|karmada|contexts] [--database h2|postgresql]"
                    + " [--graphs G] [--clients C]"
                    + " [--latency-millis N] [--data DIR] [--json] [--verbose]";

    private static final Set<String> FLAGS = Set.of("--json", "--verbose");
    private static final Set<String> VALUES =
            Set.of("--kills", "--seed", "--world", "--database", "--graphs", "--clients", "--latency-millis", "--data");

    public ChaosOptions {
        server = List.copyOf(server);
        if (kills < 0 || graphs < 1 || clients < 1 || latencyMillis < 0) {
            throw new IllegalArgumentException("kills and latency-millis are 0 or more, graphs and clients 1 or more");
        }
    }

    /** In the simulated world. */
    public ChaosOptions(
            int kills,
            long seed,
            Database database,
            int graphs,
            int clients,
            int latencyMillis,
            Optional<Path> data,
            boolean json,
            boolean verbose,
            List<String> server) {
        this(kills, seed, Outer.SIMULATED, database, graphs, clients, latencyMillis, data, json, verbose, server);
    }

    /** The same in another world. */
    public ChaosOptions in(Outer other) {
        return new ChaosOptions(
                kills, seed, other, database, graphs, clients, latencyMillis, data, json, verbose, server);
    }

    /** What is outside the server. */
    public enum Outer {
        SIMULATED,
        /** real API servers below a control plane whose Karmada is played */
        KARMADA,
        /** plain clusters of real API servers */
        CONTEXTS
    }

    /** What the server stores in. */
    public enum Database {
        H2,
        POSTGRESQL
    }

    /**
     * Reads {@code OPTIONS -- COMMAND OF THE SERVER}.
     *
     * @throws IllegalArgumentException with a message for people
     */
    public static ChaosOptions parse(List<String> arguments) {
        int separator = arguments.indexOf("--");
        if (separator < 0 || separator == arguments.size() - 1) {
            throw new IllegalArgumentException("No command of the server given. Usage: " + USAGE);
        }
        Map<String, String> given = given(arguments.subList(0, separator));
        Outer world = world(given.getOrDefault("--world", "simulated"));
        return new ChaosOptions(
                number(given, "--kills", 20),
                number(given, "--seed", 1),
                world,
                database(given.getOrDefault("--database", "h2")),
                number(given, "--graphs", world == Outer.SIMULATED ? 8 : 4),
                number(given, "--clients", world == Outer.SIMULATED ? 4 : 2),
                number(given, "--latency-millis", 40),
                Optional.ofNullable(given.get("--data")).map(Path::of),
                given.containsKey("--json"),
                given.containsKey("--verbose"),
                arguments.subList(separator + 1, arguments.size()));
    }

    private static Map<String, String> given(List<String> arguments) {
        Map<String, String> given = new LinkedHashMap<>();
        for (int i = 0; i < arguments.size(); i++) {
            String name = arguments.get(i);
            if (FLAGS.contains(name)) {
                given.put(name, "");
            } else if (VALUES.contains(name) && i + 1 < arguments.size()) {
                i++;
                given.put(name, arguments.get(i));
            } else {
                throw new IllegalArgumentException("%s: unknown, or without a value. Usage: %s".formatted(name, USAGE));
            }
        }
        return given;
    }

    private static int number(Map<String, String> given, String name, int otherwise) {
        String text = given.getOrDefault(name, Integer.toString(otherwise));
        try {
            return Integer.parseInt(text);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("%s %s: expected a whole number".formatted(name, text), e);
        }
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

    private static Database database(String text) {
        return switch (text.toLowerCase(Locale.ROOT)) {
            case "h2" -> Database.H2;
            case "postgresql" -> Database.POSTGRESQL;
            default -> throw new IllegalArgumentException("--database %s: expected h2 or postgresql".formatted(text));
        };
    }
}
