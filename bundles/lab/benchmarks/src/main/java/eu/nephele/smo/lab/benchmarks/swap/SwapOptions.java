// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.benchmarks.swap;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * What is measured.
 *
 * @param mode what for
 * @param seconds length of the run, 1 or more; of each half when a shadow is measured
 * @param leaks changes of plugins when leaks are looked for
 * @param perSecond decisions asked per second
 * @param data where data and logs go; empty for a temporary place that is removed when all is well
 * @param json whether the last line is JSON
 * @param server command that starts the server, to which options are added
 */
public record SwapOptions(
        Mode mode, int seconds, int leaks, int perSecond, Optional<Path> data, boolean json, List<String> server) {

    static final String USAGE =
            "bench swap [--seconds N] [--rate PER_SECOND] [--leaks CHANGES | --shadow] [--data DIR] [--json]";

    /** What a run is for. */
    public enum Mode {
        /** decisions while plugins change */
        PAUSE,
        /** what is left behind by many changes */
        LEAKS,
        /** live decisions with and without a shadow */
        SHADOW
    }

    public SwapOptions {
        server = List.copyOf(server);
        if (seconds < 1 || leaks < 0 || perSecond < 1) {
            throw new IllegalArgumentException("seconds and rate are 1 or more, leaks 0 or more");
        }
    }

    /**
     * Reads {@code OPTIONS -- COMMAND OF THE SERVER}.
     *
     * @throws IllegalArgumentException with a message for people
     */
    static SwapOptions parse(List<String> arguments) {
        int separator = arguments.indexOf("--");
        if (separator < 0 || separator == arguments.size() - 1) {
            throw new IllegalArgumentException("No command of the server given. Usage: " + USAGE);
        }
        Mode mode = Mode.PAUSE;
        int seconds = 60;
        int leaks = 0;
        int perSecond = 1200;
        Optional<Path> data = Optional.empty();
        boolean json = false;
        List<String> own = arguments.subList(0, separator);
        for (int i = 0; i < own.size(); i++) {
            String name = own.get(i);
            switch (name) {
                case "--json" -> json = true;
                case "--shadow" -> mode = Mode.SHADOW;
                case "--seconds" -> seconds = number(name, own, ++i);
                case "--rate" -> perSecond = number(name, own, ++i);
                case "--leaks" -> {
                    mode = Mode.LEAKS;
                    leaks = number(name, own, ++i);
                }
                case "--data" -> data = Optional.of(Path.of(value(name, own, ++i)));
                default ->
                    throw new IllegalArgumentException("There is no option %s. Usage: %s".formatted(name, USAGE));
            }
        }
        return new SwapOptions(
                mode, seconds, leaks, perSecond, data, json, arguments.subList(separator + 1, arguments.size()));
    }

    private static String value(String name, List<String> arguments, int index) {
        if (index >= arguments.size()) {
            throw new IllegalArgumentException("%s lacks its value. Usage: %s".formatted(name, USAGE));
        }
        return arguments.get(index);
    }

    private static int number(String name, List<String> arguments, int index) {
        String text = value(name, arguments, index);
        try {
            return Integer.parseInt(text);
        } catch (NumberFormatException noNumber) {
            throw new IllegalArgumentException("%s %s: expected a whole number".formatted(name, text), noNumber);
        }
    }
}
