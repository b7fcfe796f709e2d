// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.harness.attack;

import eu.nephele.smo.lab.harness.command.RunCommand;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code ./smo attack}. */
@Command(name = "attack", description = "Sends a server hostile requests, and counts bad responses and what is left.")
public final class AttackCommand extends RunCommand {

    @Option(names = "--seed", paramLabel = "S", description = "Determines a case together with its number.")
    private long seed = 1;

    @Option(names = "--cases", paramLabel = "N", description = "Number of cases.")
    private int cases = 10_000;

    @Option(names = "--case", paramLabel = "NUMBER", description = "The only case to send, to repeat it.")
    private @Nullable Integer only;

    /** All cases within 200 s: attack and server share the processors of one machine. */
    @Option(names = "--rate", paramLabel = "PER_SECOND", description = "Most cases per second.")
    private int perSecond = 50;

    @Override
    protected Run run() {
        AttackOptions options = options();
        return (folder, progress) -> new AttackRun(options, folder, progress).run();
    }

    AttackOptions options() {
        OptionalInt number = only == null ? OptionalInt.empty() : OptionalInt.of(only);
        return new AttackOptions(seed, only == null ? cases : 1, number, perSecond, server());
    }
}
