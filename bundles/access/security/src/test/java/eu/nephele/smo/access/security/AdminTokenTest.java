// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.access.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class AdminTokenTest {

    @TempDir
    Path folder;

    @Test
    void isMadeOnceForItsOwnerAloneAndStaysTheSame() throws IOException {
        Path file = folder.resolve("etc/admin.token");

        AdminToken.in(file, true);
        String token = Files.readString(file).strip();
        AdminToken again = AdminToken.in(file, true);

        assertThat(token).hasSizeGreaterThanOrEqualTo(40);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
        assertThat(again.authenticate("Bearer " + token)).isPresent();
        assertThat(file.resolveSibling("admin.token.new")).doesNotExist();
    }

    @Test
    void aFileThatOthersCanReadIsTakenAwayFromThem() throws IOException {
        Path file = Files.writeString(folder.resolve("admin.token"), "secret\n");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));

        AdminToken.in(file, true);

        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
    }

    @Test
    void anEmptyFileIsNoToken() throws IOException {
        Path file = Files.writeString(folder.resolve("admin.token"), "\n");

        assertThatThrownBy(() -> AdminToken.in(file, true))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("empty");
    }

    @Test
    void isAcceptedAsBearerAndAsPasswordOfTheUserAdmin() throws IOException {
        AdminToken token = AdminToken.in(Files.writeString(folder.resolve("admin.token"), "secret"), true);

        assertThat(token.authenticate("Bearer secret")).isPresent();
        assertThat(token.authenticate("bearer  secret")).isPresent();
        assertThat(token.authenticate("Basic " + base64("admin:secret"))).isPresent();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "secret",
                "Bearer",
                "Bearer ",
                "Bearer secre",
                "Bearer secretX",
                "Digest secret",
                "Basic !!",
                "Basic secret"
            })
    void noOtherCredentialIsAccepted(String authorization) throws IOException {
        AdminToken token = AdminToken.in(Files.writeString(folder.resolve("admin.token"), "secret"), true);

        assertThat(token.authenticate(authorization)).isEmpty();
        assertThat(token.authenticate("Basic " + base64("root:secret"))).isEmpty();
        assertThat(token.authenticate("Basic " + base64("admin:"))).isEmpty();
    }

    private static String base64(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }
}
