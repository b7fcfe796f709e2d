// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.access.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The script of the installation passes on what this command line knows. */
class ScriptTest {

    private static final Path SCRIPT = Path.of("../../../distribution/smo/src/main/installation/smo");
    private static final Pattern PASSED_ON = Pattern.compile("(?m)^client_commands='([^']*)'$");

    @Test
    void eachCommandIsPassedOnAndToldInTheUsage() throws IOException {
        String script = Files.readString(SCRIPT);
        List<String> commands = Main.commandLine().getSubcommands().keySet().stream()
                // the script answers these itself, or passes on some of their uses
                .filter(name -> !List.of("help", "new").contains(name))
                .toList();
        Matcher passedOn = PASSED_ON.matcher(script);
        assertThat(passedOn.find()).isTrue();
        assertThat(passedOn.group(1).split(" ", -1)).containsExactlyInAnyOrder(commands.toArray(String[]::new));
        assertThat(commands)
                .allSatisfy(name -> assertThat(script).containsPattern("(?m)^  (\\S*\\|)?" + name + "[| ]"));
    }
}
