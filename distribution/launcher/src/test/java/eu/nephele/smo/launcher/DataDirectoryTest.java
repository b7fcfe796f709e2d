// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.launcher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
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

    /** F-19: one that existed stayed open to everybody. */
    @Test
    void aFolderThatWasThereIsClosedToOthers() throws Exception {
        Path there = Files.createDirectory(temporary.resolve("there"));
        Files.setPosixFilePermissions(there, PosixFilePermissions.fromString("rwxr-xr-x"));

        try (DataDirectory data = DataDirectory.open(there)) {
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(data.root())))
                    .isEqualTo("rwx------");
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

    @Test
    void aSecondServerIsRefused() throws Exception {
        try (DataDirectory first = DataDirectory.open(temporary)) {
            StartFailure failure = catchThrowableOfType(StartFailure.class, () -> DataDirectory.open(first.root()));
            assertThat(failure.exitCode()).isEqualTo(StartFailure.IN_USE);
            assertThat(failure.problem()).contains(temporary.toString(), "--data DIR");
        }
    }

    @Test
    void aPlaceThatCannotBeWrittenIsNamed() throws IOException {
        Path file = Files.writeString(temporary.resolve("file"), "");
        StartFailure failure = catchThrowableOfType(StartFailure.class, () -> DataDirectory.open(file.resolve("data")));
        assertThat(failure.exitCode()).isEqualTo(StartFailure.BROKEN);
        assertThat(failure.problem()).contains(file.toString(), "--data DIR");
    }
}
