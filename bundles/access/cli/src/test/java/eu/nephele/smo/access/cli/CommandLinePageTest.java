// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.access.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

/** The page of the command line lists all commands and exit statuses. What is expected is written beside the classes. */
class CommandLinePageTest {

    private static final Path PAGE = Path.of("../../../docs/reference/command-line.md");

    @Test
    void thePageListsCommandsAndExitStatuses() throws IOException {
        String page = Files.readString(PAGE);
        String expected = replaced(replaced(page, "commands", commands()), "statuses", statuses());
        Files.writeString(Path.of("target/command-line.md"), expected);
        assertThat(page).as("compare with target/command-line.md, and copy it").isEqualTo(expected);
    }

    private static String commands() {
        StringBuilder table = new StringBuilder("| command | does |\n| --- | --- |\n");
        Main.commandLine().getSubcommands().forEach((name, command) -> rows(table, "smo " + name, command));
        return table.toString();
    }

    private static void rows(StringBuilder table, String path, CommandLine command) {
        if (command.getCommandSpec().usageMessage().hidden()) {
            return;
        }
        if (command.getSubcommands().isEmpty()) {
            table.append("| `%s` | %s |%n".formatted(path + positionals(command), description(command)));
        }
        command.getSubcommands().forEach((name, sub) -> rows(table, path + " " + name, sub));
    }

    private static String positionals(CommandLine command) {
        return command.getCommandSpec().positionalParameters().stream()
                .filter(positional -> !positional.hidden())
                .map(positional -> positional.arity().min() == 0
                        ? " [" + positional.paramLabel() + "]"
                        : " " + positional.paramLabel())
                .collect(Collectors.joining());
    }

    private static String description(CommandLine command) {
        return String.join(" ", command.getCommandSpec().usageMessage().description())
                .replaceAll("%n|\\s+", " ")
                .replace("|", "\\|")
                .strip();
    }

    private static String statuses() {
        return List.of(ExitStatus.values()).stream()
                .map(status -> "| %d | `%s` | %s |%n"
                        .formatted(status.code(), status.name().toLowerCase(Locale.ROOT), status.meaning()))
                .collect(Collectors.joining("", "| status | | means |\n| --- | --- | --- |\n", ""));
    }

    private static String replaced(String page, String part, String content) {
        String begin = "<!-- %s -->\n".formatted(part);
        String end = "<!-- /%s -->".formatted(part);
        assertThat(page).contains(begin, end);
        return page.substring(0, page.indexOf(begin) + begin.length()) + content + page.substring(page.indexOf(end));
    }
}
