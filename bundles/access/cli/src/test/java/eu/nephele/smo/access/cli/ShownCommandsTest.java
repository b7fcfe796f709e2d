// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.access.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

/** What the web page shows as "the same on the command line" is taken by the command line. */
class ShownCommandsTest {

    private static final Path PAGE = Path.of("../dashboard/src/main/resources/page");

    /** Dialogs without a command: a choice of what to do next, and what only a browser has. */
    private static final Pattern EMPTY = Pattern.compile("shell: *(\\(\\) => *)?''|\\? '' : `smo |=> '',");

    private static final int SHOWN = 60;

    @Test
    void eachCommandOfThePageIsTaken() throws IOException {
        CommandLine commands = Main.commandLine();
        List<String> shown = new ArrayList<>();
        for (Path script : scripts()) {
            for (String command : ShownCommands.of(Files.readString(script))) {
                shown.add(command);
                assertThat(ParsedCommand.parse(commands, command).problem())
                        .as("%s shows: smo %s", script.getFileName(), command)
                        .isEmpty();
            }
        }
        assertThat(shown).hasSizeGreaterThan(SHOWN);
        assertThat(shown)
                .contains(
                        "graph pause 7",
                        "graph resume 7",
                        "graph repair 7",
                        "graph place 7 --service 7 --to 7 --plan",
                        "plugin stop 7 --force",
                        "delete 7 7 -p 7",
                        "grant add 7 7 --for 7m",
                        "key add 7 --description 7 --for 7m",
                        "shadow start 7 --version 7 --kind 7",
                        "apply -f FILE");
    }

    /** Names, addresses and texts are what somebody else has written: a shell has to take them as text. */
    @Test
    void eachValueInACommandIsQuoted() throws IOException {
        List<String> unquoted = new ArrayList<>();
        for (Path script : scripts()) {
            ShownCommands.unquoted(Files.readString(script))
                    .forEach(value -> unquoted.add(script.getFileName() + ": " + value));
        }
        assertThat(unquoted).as("values in commands without shellWord").isEmpty();
    }

    @Test
    void noButtonIsWithoutACommand() throws IOException {
        for (Path script : scripts()) {
            assertThat(EMPTY.matcher(Files.readString(script)).find())
                    .as("%s has a dialog without a command", script.getFileName())
                    .isFalse();
        }
    }

    private static List<Path> scripts() throws IOException {
        try (Stream<Path> files = Files.walk(PAGE)) {
            return files.filter(file -> file.toString().endsWith(".js"))
                    // the parameter with its default
                    .filter(file -> !file.endsWith("dialog.js"))
                    .sorted()
                    .toList();
        }
    }
}
