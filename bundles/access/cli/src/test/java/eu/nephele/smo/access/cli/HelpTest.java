// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.access.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine;

/** Every group and every command explains its usage. All of them are made once: that takes longer than to ask one of them. */
@TestInstance(Lifecycle.PER_CLASS)
class HelpTest {

    private final CommandLine all = Main.commandLine();

    Stream<List<String>> commands() {
        List<List<String>> paths = new ArrayList<>();
        walk(List.of(), all, paths);
        return paths.stream();
    }

    private static void walk(List<String> path, CommandLine command, List<List<String>> all) {
        all.add(path);
        command.getSubcommands().forEach((name, sub) -> walk(with(path, name), sub, all));
    }

    private static List<String> with(List<String> path, String... further) {
        List<String> longer = new ArrayList<>(path);
        longer.addAll(List.of(further));
        return longer;
    }

    @ParameterizedTest
    @MethodSource("commands")
    void isAnsweredAfterEveryCommand(List<String> command) {
        for (String option : List.of("--help", "-h")) {
            StringWriter out = new StringWriter();
            StringWriter err = new StringWriter();

            int status = Main.run(
                    all,
                    with(command, option).toArray(String[]::new),
                    new PrintWriter(out, true),
                    new PrintWriter(err, true));

            assertThat(status).isZero();
            assertThat(out.toString())
                    .contains("Usage: " + String.join(" ", with(List.of("smo"), command.toArray(String[]::new))))
                    .contains("-h, --help");
            assertThat(err.toString()).isEmpty();
        }
    }

    @ParameterizedTest
    @MethodSource("commands")
    void saysWhatEachCommandDoes(List<String> command) {
        StringWriter out = new StringWriter();
        Main.run(all, with(command, "--help").toArray(String[]::new), new PrintWriter(out, true), new PrintWriter(out));
        assertThat(out.toString().lines().map(String::strip).filter(line -> line.endsWith(".")))
                .isNotEmpty();
    }

    /** Of one command only that one is read: what it says has to be the same. */
    @Test
    void ofOneCommandIsTheSameAsThatOfAll() {
        for (String name : all.getSubcommands().keySet()) {
            StringWriter alone = new StringWriter();
            StringWriter amongAll = new StringWriter();

            Main.run(new String[] {name, "--help"}, new PrintWriter(alone, true), new PrintWriter(alone, true));
            Main.run(
                    all,
                    new String[] {name, "--help"},
                    new PrintWriter(amongAll, true),
                    new PrintWriter(amongAll, true));

            assertThat(alone).hasToString(amongAll.toString());
        }
    }
}
