// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.access.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Keys, signatures and signers of plugins from the command line. */
class SigningCommandsTest {

    @TempDir
    Path folder;

    private final FakeSmo server = new FakeSmo();
    private Path password;
    private Path plugin;

    @BeforeEach
    void prepare() throws IOException {
        password = Files.writeString(folder.resolve("password"), "opensesame\n");
        plugin = folder.resolve("plugin.jar");
        Manifest manifest = new Manifest();
        manifest.getMainAttributes().putValue("Manifest-Version", "1.0");
        try (OutputStream out = Files.newOutputStream(plugin);
                JarOutputStream jar = new JarOutputStream(out, manifest)) {
            jar.putNextEntry(new JarEntry("data.txt"));
            jar.write("data".getBytes(StandardCharsets.UTF_8));
            jar.closeEntry();
        }
    }

    @AfterEach
    void close() {
        server.close();
    }

    private CommandLineRun keygen(String name) {
        return CommandLineRun.of(
                "plugin", "keygen", name, "--to", folder.toString(), "--password-file", password.toString());
    }

    private CommandLineRun sign(String key) {
        return CommandLineRun.of(
                "plugin",
                "sign",
                plugin.toString(),
                "--key",
                folder.resolve(key + ".p12").toString(),
                "--password-file",
                password.toString());
    }

    private CommandLineRun verify(String certificate) {
        return CommandLineRun.of(
                "plugin",
                "verify",
                plugin.toString(),
                "--certificate",
                folder.resolve(certificate + ".pem").toString());
    }

    @Test
    void aKeyIsMadeAPluginSignedAndVerifiedAlsoByTheToolOfJava() throws Exception {
        assertThat(CommandLineRun.of("plugin", "verify", plugin.toString()).err())
                .contains("not signed");
        CommandLineRun made = keygen("acme");
        assertThat(made.status()).as(made.err()).isZero();
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.resolve("acme.p12"))))
                .isEqualTo("rw-------");
        CommandLineRun again = keygen("acme");
        assertThat(again.status()).isEqualTo(1);
        assertThat(again.err()).contains("not overwritten");
        keygen("other");
        CommandLineRun signed = sign("acme");
        assertThat(signed.status()).as(signed.err()).isZero();
        assertThat(signed.out()).contains("is signed by CN=acme, key ");
        assertThat(verify("acme").status()).isZero();
        assertThat(verify("other").err()).contains("is not signed by the key of");
        assertThat(sign("acme").err()).contains("is signed already");
        Process jarsigner = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "jarsigner")
                                .toString(),
                        "-verify",
                        plugin.toString())
                .redirectErrorStream(true)
                .start();
        assertThat(new String(jarsigner.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
                .contains("jar verified");
    }

    @Test
    void whatWasAddedAfterwardsIsFound() throws Exception {
        keygen("acme");
        sign("acme");
        try (FileSystem zip = FileSystems.newFileSystem(URI.create("jar:" + plugin.toUri()), Map.of())) {
            Files.writeString(zip.getPath("added.txt"), "added");
        }
        CommandLineRun verified = CommandLineRun.of("plugin", "verify", plugin.toString());
        assertThat(verified.status()).isEqualTo(1);
        assertThat(verified.err()).contains("added.txt was added later");
    }

    @Test
    void aWrongPasswordAndAKeyThatIsNoneAreTold() throws Exception {
        keygen("acme");
        Files.writeString(password, "wrong!\n");
        CommandLineRun wrong = sign("acme");
        assertThat(wrong.status()).isEqualTo(1);
        assertThat(wrong.err()).isNotBlank();
        assertThat(CommandLineRun.of("plugin", "verify", plugin.toString()).err())
                .contains("not signed");
    }

    private CommandLineRun run(String... arguments) {
        List<String> all = new ArrayList<>(List.of(arguments));
        all.addAll(List.of("--url", server.uri().toString()));
        return CommandLineRun.of(all.toArray(String[]::new));
    }

    @Test
    void signersAreTrustedListedAndRevoked() throws Exception {
        String signer = """
                {"name":"acme","scope":"strategies","keys":[{"fingerprint":"4b1f0c9a22d74b1f","subject":"CN=acme",
                 "from":"2026-11-01T00:00:00Z","until":"2028-11-01T00:00:00Z","revokedAt":null,"reason":"","certificate":"x"}]}""";
        server.on("GET /api/v1/signers", "{\"items\":[%s]}".formatted(signer));
        server.on("POST /api/v1/signers/acme/keys", signer);
        server.on(
                "POST /api/v1/signers/acme/keys/4b1f0c9a22d7/revoke",
                "{\"signer\":%s,\"running\":[\"acme.one 1.0.0\"],\"stopped\":[\"acme.two 1.0.0\"]}".formatted(signer));
        assertThat(run("plugin", "signer", "list").out()).contains("acme", "strategies", "4b1f0c9a22d7");
        Path certificate = Files.writeString(folder.resolve("acme.pem"), "PEM");
        CommandLineRun trusted = run(
                "plugin", "signer", "trust", "acme", "--certificate", certificate.toString(), "--scope", "adapters");
        assertThat(trusted.status()).as(trusted.err()).isZero();
        assertThat(server.calls("POST", "/api/v1/signers/acme/keys").get(0).body())
                .isEqualTo("{\"certificate\":\"PEM\",\"scope\":\"adapters\"}");
        CommandLineRun revoked =
                run("plugin", "signer", "revoke", "acme", "4b1f0c9a22d7", "--reason", "lost", "--stop");
        assertThat(revoked.out()).contains("stopped: acme.two 1.0.0", "still running: acme.one 1.0.0");
        assertThat(server.calls("POST", "/api/v1/signers/acme/keys/4b1f0c9a22d7/revoke")
                        .get(0)
                        .body())
                .isEqualTo("{\"reason\":\"lost\",\"stop\":true}");
    }
}
