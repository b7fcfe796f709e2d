// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.harness.scale;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Options of a simulation.
 *
 * @param owners numbers of owners, one row each
 * @param size size of the fleet
 * @param sensitivity whether each parameter is varied to measure its influence
 * @param changes parameters with other values
 * @param runs file with lines of {@code bench engine --json}; empty: those of the program
 * @param seed of all chance
 * @param json whether the last line is JSON
 */
record ScaleOptions(
        List<Integer> owners,
        Size size,
        boolean sensitivity,
        Map<String, Double> changes,
        Optional<Path> runs,
        long seed,
        boolean json) {

    static final String USAGE = "bench scale [--owners N,N,...] [--services N] [--clusters C] [--services-per-graph S]"
            + " [--databases D] [--set PARAMETER=VALUE]... [--runs FILE] [--sensitivity] [--seed S] [--json]";

    private static final int MOST_OWNERS = 256;

    ScaleOptions {
        owners = List.copyOf(owners);
        changes = Map.copyOf(changes);
        if (owners.stream().anyMatch(number -> number < 1 || number > MOST_OWNERS)) {
            throw new IllegalArgumentException("--owners: each is between 1 and " + MOST_OWNERS);
        }
    }

    /**
     * Size of the fleet.
     *
     * @param services number of services of all graphs together
     * @param perGraph services of each
     * @param clusters of all regions together
     * @param databases that regions are divided among
     */
    record Size(int services, int perGraph, int clusters, int databases) {

        Size {
            if (perGraph < 1 || services < perGraph || clusters < 1 || databases < 1) {
                throw new IllegalArgumentException("services, clusters and databases are 1 or more");
            }
        }

        int graphs() {
            return services / perGraph;
        }
    }

    /** @throws IllegalArgumentException with a message for people */
    static ScaleOptions parse(List<String> arguments) {
        Map<String, String> values = new LinkedHashMap<>();
        Map<String, Double> changes = new LinkedHashMap<>();
        for (int i = 0; i < arguments.size(); i++) {
            String name = arguments.get(i);
            switch (name) {
                case "--json", "--sensitivity" -> values.put(name, "");
                case "--owners",
                        "--services",
                        "--clusters",
                        "--services-per-graph",
                        "--databases",
                        "--runs",
                        "--seed" -> {
                    i++;
                    values.put(name, valueOf(name, arguments, i));
                }
                case "--set" -> {
                    i++;
                    set(changes, valueOf(name, arguments, i));
                }
                default -> throw new IllegalArgumentException("%s: unknown. Usage: %s".formatted(name, USAGE));
            }
        }
        Size size = new Size(
                number(values, "--services", 100_000),
                number(values, "--services-per-graph", 5),
                number(values, "--clusters", 10_000),
                number(values, "--databases", 1));
        return new ScaleOptions(
                numbers(values.getOrDefault("--owners", "1,2,4,8,16,32")),
                size,
                values.containsKey("--sensitivity"),
                changes,
                Optional.ofNullable(values.get("--runs")).map(Path::of),
                number(values, "--seed", 1),
                values.containsKey("--json"));
    }

    private static String valueOf(String name, List<String> arguments, int index) {
        if (index >= arguments.size()) {
            throw new IllegalArgumentException("%s: without a value. Usage: %s".formatted(name, USAGE));
        }
        return arguments.get(index);
    }

    private static void set(Map<String, Double> changes, String change) {
        int equals = change.indexOf('=');
        try {
            changes.put(change.substring(0, Math.max(0, equals)), Double.parseDouble(change.substring(equals + 1)));
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("--set %s: expected PARAMETER=NUMBER".formatted(change), e);
        }
    }

    private static List<Integer> numbers(String text) {
        List<Integer> numbers = new ArrayList<>();
        for (String part : text.split(",", -1)) {
            numbers.add(number("--owners", part));
        }
        return numbers;
    }

    private static int number(Map<String, String> values, String name, int otherwise) {
        return number(name, values.getOrDefault(name, Integer.toString(otherwise)));
    }

    private static int number(String name, String text) {
        try {
            return Integer.parseInt(text.strip());
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("%s %s: expected a whole number".formatted(name, text), e);
        }
    }
}
