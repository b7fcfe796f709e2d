// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.harness.swap;

import eu.nephele.smo.lab.harness.command.CommandLineArguments;
import eu.nephele.smo.lab.harness.command.Program;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Options of a run.
 *
 * @param mode purpose
 * @param seconds length of the run, 1 or more; of each half when a shadow is measured
 * @param leaks changes of plugins of a search for leaks
 * @param perSecond requested decisions per second
 * @param data folder for data and logs; empty for a temporary one that is removed after success
 * @param json whether the last line is JSON
 * @param server command that starts the server, to which options are added
 */
public record SwapOptions(
        SwapMode mode, int seconds, int leaks, int perSecond, Optional<Path> data, boolean json, List<String> server)
        implements Program.ProgramOptions {

    static final String USAGE =
            "bench swap [--seconds N] [--rate PER_SECOND] [--leaks CHANGES | --shadow] [--data DIR] [--json]";

    private static final String LEAKS = "--leaks";
    private static final String SHADOW = "--shadow";
    private static final Set<String> FLAGS = Set.of(SHADOW);
    private static final Set<String> VALUES = Set.of("--seconds", "--rate", LEAKS);

    /** Purposes of a run. */
    public enum SwapMode {
        /** decisions while plugins change */
        PAUSE,
        /** leaks of many changes */
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
        CommandLineArguments given = CommandLineArguments.create(arguments, USAGE, FLAGS, VALUES);
        if (given.has(LEAKS) && given.has(SHADOW)) {
            throw new IllegalArgumentException("%s or %s. Usage: %s".formatted(LEAKS, SHADOW, USAGE));
        }
        SwapMode mode = given.has(LEAKS) ? SwapMode.LEAKS : given.has(SHADOW) ? SwapMode.SHADOW : SwapMode.PAUSE;
        return new SwapOptions(
                mode,
                given.number("--seconds", 60),
                given.number(LEAKS, 0),
                given.number("--rate", 1200),
                given.data(),
                given.json(),
                given.server());
    }
}
