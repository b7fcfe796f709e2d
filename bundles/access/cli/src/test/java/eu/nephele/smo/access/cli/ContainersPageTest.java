// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.access.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** The quick reference of containers has all of their commands, and each that it shows is taken. */
class ContainersPageTest {

    private static final Path PAGE = Path.of("../../../docs/operate/containers-quick-reference.md");
    private static final Path EXAMPLE = Path.of("../../../examples/containers/containers.yaml");
    private static final Pattern COMMANDS = Pattern.compile("<!-- commands -->\n```\n(.*?)```", Pattern.DOTALL);

    private static List<String> shown() throws IOException {
        Matcher commands = COMMANDS.matcher(Files.readString(PAGE));
        assertThat(commands.find()).isTrue();
        return commands.group(1)
                .lines()
                .map(line -> line.replaceFirst("^smo ", ""))
                .toList();
    }

    @Test
    void eachCommandIsTaken() throws IOException {
        CommandLine all = Main.commandLine();
        for (String command : shown()) {
            assertThat(ParsedCommand.parse(all, command).problem())
                    .as("smo " + command)
                    .isEmpty();
        }
    }

    @Test
    void eachCommandIsShown() throws IOException {
        String text = shown().stream().collect(Collectors.joining("\n", "\n", "\n"));
        Main.commandLine().getSubcommands().get("containers").getSubcommands().keySet().stream()
                .filter(name -> !name.equals("help"))
                .forEach(name -> assertThat(text).containsPattern("\ncontainers " + Pattern.quote(name) + "[ \n]"));
    }

    @Test
    void theExampleIsValidAndItsMonitoringCanBeMade(@TempDir Path folder) {
        CommandLineRun lint = CommandLineRun.of("containers", "lint", EXAMPLE.toString());
        assertThat(lint.status()).as(lint.out()).isZero();
        CommandLineRun made =
                CommandLineRun.of("containers", "monitoring", EXAMPLE.toString(), "--output", folder.toString());
        assertThat(made.status()).as(made.err()).isZero();
    }
}
