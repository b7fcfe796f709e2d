// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.harness.attack;

import eu.nephele.smo.lab.harness.command.CommandLineArguments;
import eu.nephele.smo.lab.harness.command.Program;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/**
 * Options of a run.
 *
 * @param seed determines a case together with its number
 * @param cases number of cases, 1 or more
 * @param only number of the only case to send, to repeat it
 * @param perSecond most cases per second, 1 or more
 * @param data folder for data and logs; empty for a temporary one that is removed after success
 * @param json whether the last line is JSON
 * @param server command that starts the server, to which options are added
 */
public record AttackOptions(
        long seed, int cases, OptionalInt only, int perSecond, Optional<Path> data, boolean json, List<String> server)
        implements Program.ProgramOptions {

    static final String USAGE =
            "attack [--seed S] [--cases N] [--case NUMBER] [--rate PER_SECOND] [--data DIR] [--json]";

    private static final Set<String> VALUES = Set.of("--seed", "--cases", "--case", "--rate");
    private static final int CASES = 10_000;

    /** All cases within 200 s: attack and server share the processors of one machine. */
    private static final int PER_SECOND = 50;

    public AttackOptions {
        server = List.copyOf(server);
        if (cases < 1 || perSecond < 1 || only.orElse(0) < 0) {
            throw new IllegalArgumentException("cases and rate are 1 or more, case 0 or more");
        }
    }

    /**
     * Reads {@code OPTIONS -- COMMAND OF THE SERVER}.
     *
     * @throws IllegalArgumentException with a message for people
     */
    public static AttackOptions parse(List<String> arguments) {
        CommandLineArguments given = CommandLineArguments.create(arguments, USAGE, Set.of(), VALUES);
        OptionalInt only = given.has("--case") ? OptionalInt.of(given.number("--case", 0)) : OptionalInt.empty();
        return new AttackOptions(
                given.number("--seed", 1),
                only.isPresent() ? 1 : given.number("--cases", CASES),
                only,
                given.number("--rate", PER_SECOND),
                given.data(),
                given.json(),
                given.server());
    }
}
