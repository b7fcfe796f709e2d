// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.access.cli.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which database a configuration names. */
class StoreFileTest {

    @TempDir
    private Path folder;

    @Test
    void theDatabaseIsThatOfTheConfiguration() throws IOException {
        Path etc = Files.createDirectories(folder.resolve("data/etc"));
        Path data = folder.resolve("data");
        assertThat(StoreFile.read(etc, data).url()).isEmpty();
        Files.writeString(
                etc.resolve("eu.nephele.smo.core.store.cfg"),
                "url=jdbc:postgresql://db:5432/smo\nuser=smo\npasswordReference=file:etc/password\n");
        Files.writeString(etc.resolve("password"), "secret\n");
        StoreFile read = StoreFile.read(etc, data);
        assertThat(read.url()).contains("jdbc:postgresql://db:5432/smo");
        assertThat(read.user()).contains("smo");
        assertThat(read.password()).contains("secret");
        Files.writeString(etc.resolve("eu.nephele.smo.core.store.config"), "");
        assertThatThrownBy(() -> StoreFile.read(etc, data)).hasMessageContaining("--database");
    }
}
