// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.events.webhooks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import eu.nephele.smo.api.port.AdapterException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SecretSealTest {

    @TempDir
    Path folder;

    private Path file;
    private SecretSeal seal;

    @BeforeEach
    void create() {
        file = folder.resolve("secrets/webhooks.key");
        seal = new SecretSeal(file);
    }

    @Test
    void whatIsStoredDoesNotTellTheSecretAndIsDifferentEachTime() {
        String stored = seal.seal("a", "a shared secret");
        assertThat(SecretSeal.isSealed(stored)).isTrue();
        assertThat(stored).doesNotContain("shared").isNotEqualTo(seal.seal("a", "a shared secret"));
        assertThat(new SecretSeal(file).open("a", stored)).isEqualTo("a shared secret");
    }

    @Test
    void theKeyIsForItsOwnerOnlyAndNothingIsLeftBesideIt() throws IOException {
        seal.seal("a", "x");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
        assertThat(file.getParent()).isDirectoryContaining(path -> path.equals(file));
        try (var files = Files.list(file.getParent())) {
            assertThat(files).hasSize(1);
        }
    }

    @Test
    void aSecretOfOneWebhookIsOfNoUseForAnother() {
        String stored = seal.seal("a", "x");
        assertThatThrownBy(() -> seal.open("b", stored))
                .isInstanceOf(AdapterException.class)
                .hasMessageContaining("damaged");
    }

    @Test
    void anotherKeyIsNamedWithItsRemedyAndNotTold() throws IOException {
        String stored = seal.seal("a", "x");
        String key = Files.readString(file).strip();
        Files.delete(file);
        seal.seal("b", "y");
        assertThatThrownBy(() -> seal.open("a", stored))
                .isInstanceOf(AdapterException.class)
                .hasMessageContaining("copy the file of the server that registered it")
                .hasMessageNotContaining(key);
    }

    @Test
    void aFileThatIsNoKeyIsRefusedWithoutItsContent() throws IOException {
        Files.createDirectories(file.getParent());
        Files.writeString(file, "c2hvcnQ=");
        assertThatThrownBy(() -> seal.seal("a", "x"))
                .isInstanceOf(AdapterException.class)
                .hasMessageContaining("is not a key")
                .hasMessageNotContaining("c2hvcnQ=");
    }
}
