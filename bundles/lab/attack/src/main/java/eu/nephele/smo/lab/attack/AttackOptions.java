// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.attack;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/**
 * What is to happen.
 *
 * @param seed decides, with its number, what a case is
 * @param cases how many are sent, 1 or more
 * @param only the number of the only case that is sent, to repeat it
 * @param data where data and logs go; empty for a temporary place that is removed when all is well
 * @param json whether the last line is JSON
 * @param server command that starts the server, to which options are added
 */
public record AttackOptions(
        long seed, int cases, OptionalInt only, Optional<Path> data, boolean json, List<String> server) {

    static final String USAGE = "attack [--seed S] [--cases N] [--case NUMBER] [--data DIR] [--json]";

    private static final String JSON = "--json";
    private static final Set<String> VALUES = Set.of("--seed", "--cases", "--case", "--data");
    private static final int CASES = 10_000;

    public AttackOptions {
        server = List.copyOf(server);
        if (cases < 1 || only.orElse(0) < 0) {
            throw new IllegalArgumentException("cases is 1 or more, case 0 or more");
        }
    }

    /**
     * Reads {@code OPTIONS -- COMMAND OF THE SERVER}.
     *
     * @throws IllegalArgumentException with a message for people
     */
    public static AttackOptions parse(List<String> arguments) {
        int separator = arguments.indexOf("--");
        if (separator < 0 || separator == arguments.size() - 1) {
            throw new IllegalArgumentException("No command of the server given. Usage: " + USAGE);
        }
        Map<String, String> given = given(arguments.subList(0, separator));
        OptionalInt only =
                given.containsKey("--case") ? OptionalInt.of(number(given, "--case", 0)) : OptionalInt.empty();
        return new AttackOptions(
                number(given, "--seed", 1),
                only.isPresent() ? 1 : number(given, "--cases", CASES),
                only,
                Optional.ofNullable(given.get("--data")).map(Path::of),
                given.containsKey(JSON),
                arguments.subList(separator + 1, arguments.size()));
    }

    private static Map<String, String> given(List<String> arguments) {
        Map<String, String> given = new LinkedHashMap<>();
        for (int i = 0; i < arguments.size(); i++) {
            String name = arguments.get(i);
            if (name.equals(JSON)) {
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
}
