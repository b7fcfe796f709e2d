// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.harness.containers;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(value = 60, unit = TimeUnit.SECONDS)
class WorldFolderTest {

    @TempDir
    Path place;

    private Path folder;

    @BeforeEach
    void fill() throws IOException {
        folder = Files.createDirectories(place.resolve("world/h")).getParent();
        Files.writeString(folder.resolve("server.log"), "ready");
    }

    @Test
    void whoOnlyReadsInItDoesNotKeepIt() throws Exception {
        Process reader = new ProcessBuilder(
                        "tail", "-f", folder.resolve("server.log").toString())
                .redirectErrorStream(true)
                .start();
        try {
            new WorldFolder(folder, Duration.ofMillis(500)).deleteWhenQuiet();
            assertThat(reader.isAlive()).isTrue();
            assertThat(folder).doesNotExist();
        } finally {
            reader.destroyForcibly();
        }
    }

    @Test
    void whoCleansUpInItIsWaitedFor() throws Exception {
        Process monitor = new ProcessBuilder(
                        "sh",
                        "-c",
                        "sleep 1; echo ended >>\"$1\"",
                        "monitor",
                        folder.resolve("h/exit").toString())
                .start();
        new WorldFolder(folder, Duration.ofSeconds(30)).deleteWhenQuiet();
        assertThat(monitor.waitFor()).as("found the folder that it writes to").isZero();
        assertThat(folder).doesNotExist();
    }
}
