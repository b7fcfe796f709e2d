// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The check for free space leaves no file behind. A full disk is simulated in the tests of the distribution. */
class DiskSpaceTest {

    private static final long LARGE = 1L << 30;

    @TempDir
    private Path directory;

    @Test
    void aNewDirectoryHasFreeSpace() throws Exception {
        DiskSpace.require(directory);
        assertThat(directory).isEmptyDirectory();
    }

    @Test
    void theDatabaseIsNotTouchedAndWhatAKilledServerHasLeftIsRemoved() throws Exception {
        Path database = directory.resolve(EmbeddedUrl.FILE);
        try (RandomAccessFile file = new RandomAccessFile(database.toFile(), "rw")) {
            file.setLength(LARGE);
        }
        Files.writeString(directory.resolve("smo.room"), "left");
        DiskSpace.require(directory);
        assertThat(directory.toFile().list()).containsExactly(EmbeddedUrl.FILE);
        assertThat(database).hasSize(LARGE);
    }

    @Test
    void whereNothingCanBeWrittenThereIsNoFreeSpaceAndItIsSaidWhy() {
        Path nowhere = directory.resolve("nowhere");
        assertThatThrownBy(() -> DiskSpace.require(nowhere))
                .isInstanceOf(IOException.class)
                .hasMessageContainingAll("no space left", "8192 KB", "nowhere");
    }
}
