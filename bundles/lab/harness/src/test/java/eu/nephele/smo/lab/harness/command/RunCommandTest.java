// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.harness.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;
import picocli.CommandLine.Command;

class RunCommandTest {

    private final AtomicReference<Path> folder = new AtomicReference<>(Path.of("nowhere"));
    private final AtomicReference<List<String>> command = new AtomicReference<>(List.of());

    private record Judged(boolean isGood) implements RunCommand.RunResult {

        @Override
        public String table() {
            return "table\n";
        }

        @Override
        public String json() {
            return "{}";
        }
    }

    @Command(name = "test")
    private final class TestCommand extends RunCommand {

        private final boolean good;

        TestCommand(boolean good) {
            this.good = good;
        }

        @Override
        protected Run run() {
            command.set(server());
            return (where, progress) -> {
                folder.set(where);
                Files.createFile(where.resolve("log"));
                return new Judged(good);
            };
        }
    }

    private int status(boolean good, String... arguments) {
        return new CommandLine(new TestCommand(good)).execute(arguments);
    }

    @Test
    void aTemporaryFolderStaysOnlyWhereSomethingWasFound() throws Exception {
        assertThat(status(true, "--json", "--", "server")).isZero();
        assertThat(folder.get()).doesNotExist();
        assertThat(status(false, "--json", "--", "server")).isEqualTo(1);
        assertThat(folder.get().resolve("log")).exists();
        Files.delete(folder.get().resolve("log"));
        Files.delete(folder.get());
    }

    @Test
    void aFolderThatWasAskedForStays(@TempDir Path data) {
        assertThat(status(true, "--data", data.toString(), "--", "server")).isZero();
        assertThat(data.resolve("log")).exists();
    }

    @Test
    void whatFollowsTheSeparatorStartsTheServerOptionsIncluded() {
        assertThat(status(true, "--", "java", "-jar", "x", "--json", "--", "y")).isZero();
        assertThat(command.get()).containsExactly("java", "-jar", "x", "--json", "--", "y");
    }
}
