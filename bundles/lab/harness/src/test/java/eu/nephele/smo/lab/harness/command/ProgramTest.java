// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.harness.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProgramTest {

    private static final String[] WELL_ASKED = {"--json", "--", "server"};

    private final AtomicReference<Path> folder = new AtomicReference<>(Path.of("nowhere"));

    private record Wished(Optional<Path> data, boolean json) implements Program.ProgramOptions {

        static Wished of(List<String> arguments) {
            CommandLineArguments given = CommandLineArguments.create(arguments, "test", Set.of(), Set.of());
            return new Wished(given.data(), given.json());
        }
    }

    private record Judged(boolean isGood) implements Program.ProgramResult {

        @Override
        public String table() {
            return "table\n";
        }

        @Override
        public String json() {
            return "{}";
        }
    }

    private int status(boolean good, String... arguments) throws InterruptedException {
        return new Program("test").status(arguments, Wished::of, (wish, where, progress) -> {
            folder.set(where);
            Files.createFile(where.resolve("log"));
            return new Judged(good);
        });
    }

    @Test
    void aTemporaryFolderStaysOnlyWhereSomethingWasFound() throws Exception {
        assertThat(status(true, WELL_ASKED)).isZero();
        assertThat(folder.get()).doesNotExist();
        assertThat(status(false, WELL_ASKED)).isEqualTo(1);
        assertThat(folder.get().resolve("log")).exists();
        Files.delete(folder.get().resolve("log"));
        Files.delete(folder.get());
    }

    @Test
    void aFolderThatWasAskedForStays(@TempDir Path data) throws Exception {
        assertThat(status(true, "--data", data.toString(), "--", "server")).isZero();
        assertThat(data.resolve("log")).exists();
    }

    @Test
    void wrongOptionsAndFailedRunsHaveAStatusOfTheirOwn() throws Exception {
        assertThat(status(true, "--colour", "--", "server")).isEqualTo(64);
        assertThat(new Program("test").status(WELL_ASKED, Wished::of, (wish, where, progress) -> {
                    Files.delete(where);
                    throw new IOException("no server");
                }))
                .isEqualTo(70);
    }
}
