// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.access.cli.change;

import eu.nephele.smo.access.cli.terminal.Terminal;
import java.io.Console;
import java.util.Optional;
import picocli.CommandLine.Option;

/** Asks before a change, where somebody sits at a terminal. */
public final class ChangeConfirmation {

    @Option(
            names = {"-y", "--yes"},
            description = "Does not ask.")
    private boolean yes;

    /** Whether to go on; programs are not asked. */
    public boolean isGiven(String question) {
        if (yes) {
            return true;
        }
        Optional<Console> somebody = Terminal.interactive();
        if (somebody.isEmpty()) {
            return true;
        }
        String answer = somebody.get().readLine("%s [y/N] ", question);
        return answer != null && answer.strip().matches("(?i)y|yes");
    }
}
