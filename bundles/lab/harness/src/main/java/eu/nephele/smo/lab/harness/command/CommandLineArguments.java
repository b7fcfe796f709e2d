// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.harness.command;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The command line of a program of the lab: {@code OPTIONS -- COMMAND OF THE SERVER}.
 *
 * @param options their values by name, "" for flags
 * @param server command that starts the server, to which options are added
 */
public record CommandLineArguments(Map<String, String> options, List<String> server) {

    private static final String SEPARATOR = "--";
    private static final String DATA = "--data";
    private static final String JSON = "--json";

    public CommandLineArguments {
        options = Map.copyOf(options);
        server = List.copyOf(server);
    }

    /**
     * Every program knows {@code --data DIR} and {@code --json} besides its own.
     *
     * @param usage for messages
     * @param flags options without a value
     * @param values options with one
     * @throws IllegalArgumentException with a message for people
     */
    public static CommandLineArguments create(
            List<String> arguments, String usage, Set<String> flags, Set<String> values) {
        int separator = arguments.indexOf(SEPARATOR);
        if (separator < 0 || separator == arguments.size() - 1) {
            throw new IllegalArgumentException("No command of the server given. Usage: " + usage);
        }
        Map<String, String> options = new LinkedHashMap<>();
        for (int i = 0; i < separator; i++) {
            String name = arguments.get(i);
            if (name.equals(JSON) || flags.contains(name)) {
                options.put(name, "");
            } else if ((name.equals(DATA) || values.contains(name)) && i + 1 < separator) {
                i++;
                options.put(name, arguments.get(i));
            } else {
                throw new IllegalArgumentException("%s: unknown, or without a value. Usage: %s".formatted(name, usage));
            }
        }
        return new CommandLineArguments(options, arguments.subList(separator + 1, arguments.size()));
    }

    public boolean has(String name) {
        return options.containsKey(name);
    }

    /** Returns whether the last line is JSON. */
    public boolean json() {
        return has(JSON);
    }

    /** Folder for data and logs; empty for a temporary one that is removed after success. */
    public Optional<Path> data() {
        return Optional.ofNullable(options.get(DATA)).map(Path::of);
    }

    public String text(String name, String otherwise) {
        return options.getOrDefault(name, otherwise);
    }

    /** @throws IllegalArgumentException with a message for people when it is not a whole number */
    public int number(String name, int otherwise) {
        String text = text(name, Integer.toString(otherwise));
        try {
            return Integer.parseInt(text);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("%s %s: expected a whole number".formatted(name, text), e);
        }
    }
}
