// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.launcher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DataDirectoryTest {

    @TempDir
    private Path temporary;

    @Test
    void allFoldersAreMadeForTheOwnerOnly() throws Exception {
        Path root = temporary.resolve("a/b");
        try (DataDirectory data = DataDirectory.open(root)) {
            for (String folder : new String[] {"db", "plugins", "etc", "cache", "tmp", "log"}) {
                assertThat(data.root().resolve(folder)).isDirectory();
            }
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(root)))
                    .isEqualTo("rwx------");
        }
    }

    /** An existing directory is restricted, too; formerly it stayed readable for everybody. */
    @Test
    void aFolderThatWasThereIsClosedToOthers() throws Exception {
        Path there = Files.createDirectory(temporary.resolve("there"));
        Files.setPosixFilePermissions(there, PosixFilePermissions.fromString("rwxr-xr-x"));

        try (DataDirectory data = DataDirectory.open(there)) {
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(data.root())))
                    .isEqualTo("rwx------");
        }
    }

    /** With {@code --data /tmp} the machine would not work any more, and not at the second start either. */
    @Test
    void aFolderThatHoldsOtherThingsKeepsItsPermissions() throws Exception {
        Path shared = Files.createDirectory(temporary.resolve("shared"));
        Files.createDirectory(shared.resolve("of somebody else"));
        Files.setPosixFilePermissions(shared, PosixFilePermissions.fromString("rwxrwxrwx"));

        for (int start = 0; start < 2; start++) {
            try (DataDirectory data = DataDirectory.open(shared)) {
                assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(shared)))
                        .isEqualTo("rwxrwxrwx");
                assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(data.etc())))
                        .isEqualTo("rwx------");
            }
        }
    }

    @Test
    void whatSomebodyElseKeepsInAFolderIsNotEmptied() throws Exception {
        Path shared = Files.createDirectory(temporary.resolve("shared"));
        Files.writeString(shared.resolve("of somebody else"), "");
        Path kept =
                Files.writeString(Files.createDirectory(shared.resolve("tmp")).resolve("x"), "kept");

        ServerStartException failure =
                catchThrowableOfType(ServerStartException.class, () -> DataDirectory.open(shared));

        assertThat(failure.exitCode()).isEqualTo(ServerStartException.BROKEN);
        assertThat(failure.problem()).contains(shared.toString(), "tmp", "--data DIR");
        assertThat(kept).hasContent("kept");
        assertThat(shared.resolve("lock")).doesNotExist();
    }

    /** Its permissions are those that the server which uses it wants. */
    @Test
    void aFolderThatAnotherServerUsesIsLeftAsItIs() throws Exception {
        try (DataDirectory first = DataDirectory.open(temporary.resolve("used"))) {
            Files.setPosixFilePermissions(first.root(), PosixFilePermissions.fromString("rwxr-xr-x"));
            Files.setPosixFilePermissions(first.etc(), PosixFilePermissions.fromString("rwxr-xr-x"));

            assertThat(catchThrowableOfType(ServerStartException.class, () -> DataDirectory.open(first.root()))
                            .exitCode())
                    .isEqualTo(ServerStartException.IN_USE);

            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(first.root())))
                    .isEqualTo("rwxr-xr-x");
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(first.etc())))
                    .isEqualTo("rwxr-xr-x");
        }
    }

    @Test
    void whatDoesNotOutliveARunIsEmptiedAndTheRestIsKept() throws Exception {
        try (DataDirectory data = DataDirectory.open(temporary)) {
            Files.createDirectories(data.tmp().resolve("x/y"));
            Files.writeString(data.tmp().resolve("x/y/z"), "old");
            Files.writeString(data.cache().resolve("old"), "old");
            Files.writeString(data.root().resolve("db/smo.mv.db"), "kept");
        }
        try (DataDirectory data = DataDirectory.open(temporary)) {
            assertThat(data.tmp()).isEmptyDirectory();
            assertThat(data.cache()).isEmptyDirectory();
            assertThat(data.root().resolve("db/smo.mv.db")).hasContent("kept");
        }
    }

    /** As the workers of a server that was killed do: each takes its own files away, and may just write one. */
    @Test
    void whatAnotherProcessTakesAwayOrMakesWhileItIsEmptiedIsNoFailure() throws Exception {
        Path leaving = Files.createDirectories(temporary.resolve("cache/bundle1/data"));
        for (int file = 0; file < 2_000; file++) {
            Files.writeString(leaving.resolve("file" + file), "");
        }
        Path filled = Files.createDirectories(temporary.resolve("tmp/filled"));
        ExecutorService others = Executors.newFixedThreadPool(2);
        try {
            Future<?> takes = others.submit(() -> {
                for (int file = 1_999; file >= 0; file--) {
                    Files.deleteIfExists(leaving.resolve("file" + file));
                }
                return null;
            });
            Future<?> makes = others.submit(() -> {
                for (int file = 0; Files.isDirectory(filled) && file < 20_000; file++) {
                    writeUnlessGone(filled.resolve("file" + file));
                }
                return null;
            });
            try (DataDirectory data = DataDirectory.open(temporary)) {
                assertThat(data.cache()).isEmptyDirectory();
                assertThat(data.tmp()).isEmptyDirectory();
            }
            takes.get(10, TimeUnit.SECONDS);
            makes.get(10, TimeUnit.SECONDS);
        } finally {
            others.shutdownNow();
        }
    }

    private static void writeUnlessGone(Path file) throws IOException {
        try {
            Files.writeString(file, "");
        } catch (NoSuchFileException gone) {
            // the folder was removed with the file before
        }
    }

    @Test
    void aSecondServerIsRefused() throws Exception {
        try (DataDirectory first = DataDirectory.open(temporary)) {
            ServerStartException failure =
                    catchThrowableOfType(ServerStartException.class, () -> DataDirectory.open(first.root()));
            assertThat(failure.exitCode()).isEqualTo(ServerStartException.IN_USE);
            assertThat(failure.problem()).contains(temporary.toString(), "--data DIR");
        }
    }

    @Test
    void aPlaceThatCannotBeWrittenIsNamed() throws IOException {
        Path file = Files.writeString(temporary.resolve("file"), "");
        ServerStartException failure =
                catchThrowableOfType(ServerStartException.class, () -> DataDirectory.open(file.resolve("data")));
        assertThat(failure.exitCode()).isEqualTo(ServerStartException.BROKEN);
        assertThat(failure.problem()).contains(file.toString(), "--data DIR");
    }
}
