// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.access.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import eu.nephele.smo.api.port.AdapterException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class SecretsTest {

    @TempDir
    Path data;

    @Test
    void aFileIsASecretWithoutItsLastLineBreak() throws IOException {
        Path file = Files.writeString(data.resolve("password"), "two words \n");
        FileSecrets secrets = new FileSecrets(data);

        assertThat(secrets.resolve("file:password")).contains("two words ");
        assertThat(secrets.resolve("file:" + file.toAbsolutePath())).contains("two words ");
        assertThat(secrets.resolve("file:missing")).isEmpty();
        assertThat(secrets.resolve("file:.")).isEmpty();
        assertThat(secrets.resolve("env:password")).isEmpty();
    }

    /** A caller may name any file below the folder of secrets, so no other file may be reachable there. */
    @Test
    void noLinkLeadsOutOfTheFolderOfSecrets() throws IOException {
        Path outside = Files.writeString(data.resolve("admin.token"), "token");
        Path folder = Files.createDirectories(data.resolve("mounted/..data"));
        Files.writeString(folder.resolve("hook"), "key");
        Files.createSymbolicLink(data.resolve("secrets"), data.resolve("mounted"));
        Files.createSymbolicLink(data.resolve("mounted/hook"), Path.of("..data/hook"));
        Files.createSymbolicLink(data.resolve("mounted/stolen"), outside);
        FileSecrets secrets = new FileSecrets(data);

        assertThat(secrets.resolve("file:secrets/hook")).contains("key");
        assertThatThrownBy(() -> secrets.resolve("file:secrets/stolen"))
                .isInstanceOf(AdapterException.class)
                .hasMessageContaining("link");
        assertThat(secrets.resolve("file:secrets/missing")).isEmpty();
    }

    @Test
    void aHugeFileIsNoSecret() throws IOException {
        Files.write(data.resolve("huge"), new byte[2_000_000]);

        assertThatThrownBy(() -> new FileSecrets(data).resolve("file:huge")).isInstanceOf(AdapterException.class);
    }

    @Test
    void aVariableIsASecret() {
        EnvironmentSecrets secrets = new EnvironmentSecrets(Map.of("DB_PASSWORD", "s3cret"));

        assertThat(secrets.resolve("env:DB_PASSWORD")).contains("s3cret");
        assertThat(secrets.resolve("env:OTHER")).isEmpty();
        assertThat(secrets.resolve("file:DB_PASSWORD")).isEmpty();
    }
}
