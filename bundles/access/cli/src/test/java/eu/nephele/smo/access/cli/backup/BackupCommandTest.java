// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.access.cli.backup;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import eu.nephele.smo.access.cli.CommandLineRun;
import eu.nephele.smo.access.cli.FakeSmo;
import eu.nephele.smo.core.contract.audit.AuditHead;
import eu.nephele.smo.core.contract.backup.ArchiveHeader;
import eu.nephele.smo.core.contract.backup.ArchiveTable;
import eu.nephele.smo.core.contract.backup.ArchiveTable.ArchiveColumn;
import eu.nephele.smo.core.contract.backup.ArchiveWriter;
import eu.nephele.smo.core.contract.backup.ColumnType;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Backups from the command line. */
class BackupCommandTest {

    @TempDir
    private Path folder;

    private final FakeSmo server = new FakeSmo();

    @AfterEach
    void stop() {
        server.close();
    }

    private static byte[] archive() throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ArchiveWriter writer = new ArchiveWriter(
                out,
                new ArchiveHeader(
                        "a1",
                        "18",
                        "0.1.0",
                        "H2",
                        "here",
                        Instant.parse("2026-11-28T01:02:03Z"),
                        AuditHead.EMPTY,
                        1,
                        5,
                        List.of(new ArchiveTable("cells", List.of(new ArchiveColumn("id", ColumnType.INTEGER))))));
        writer.table(part -> {
            for (long i = 0; i < 1000; i++) {
                part.row(new Object[] {i});
            }
        });
        writer.end(Map.of());
        return out.toByteArray();
    }

    private CommandLineRun backup(String... arguments) {
        String[] all = Arrays.copyOf(arguments, arguments.length + 3);
        System.arraycopy(arguments, 0, all, 1, arguments.length);
        all[0] = "backup";
        all[arguments.length + 1] = "--url";
        all[arguments.length + 2] = server.uri().toString();
        return CommandLineRun.of(all);
    }

    private String file(String name) {
        return folder.resolve(name).toString();
    }

    @Test
    void anArchiveIsCheckedKeptForItsOwnerAndVerifiedAgain() throws IOException {
        byte[] sent = archive();
        server.bytes("POST /api/v1/backup", sent);
        CommandLineRun taken = backup(file("a.zip"), "--json");
        assertThat(taken.err()).isEmpty();
        assertThat(taken.status()).isZero();
        JsonNode json = new ObjectMapper().readTree(taken.out());
        assertThat(json.path("rows").asLong()).isEqualTo(1000);
        assertThat(json.path("encrypted").asBoolean()).isFalse();
        assertThat(json.path("bytes").asLong()).isEqualTo(Files.size(folder.resolve("a.zip")));
        assertThat(Files.readAllBytes(folder.resolve("a.zip"))).isEqualTo(sent);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.resolve("a.zip"))))
                .isEqualTo("rw-------");

        CommandLineRun verified = CommandLineRun.of("backup", "verify", file("a.zip"));
        assertThat(verified.status()).isZero();
        assertThat(verified.out()).contains("1000 rows", "is whole");
    }

    @Test
    void anEncryptedArchiveNeedsItsKey() throws IOException {
        server.bytes("POST /api/v1/backup", archive());
        CommandLineRun made = CommandLineRun.of("backup", "new-key", file("key"));
        assertThat(made.out().strip()).startsWith("age1");
        assertThat(Files.readString(folder.resolve("key"))).contains("AGE-SECRET-KEY-1");
        Files.writeString(folder.resolve("public"), made.out());

        CommandLineRun taken = backup(file("a.age"), "--key-file", file("public"));
        assertThat(taken.status()).as(taken.err()).isZero();
        assertThat(Files.readString(folder.resolve("a.age"), StandardCharsets.ISO_8859_1))
                .startsWith("age-encryption.org/v1")
                .doesNotContain("archive.json");
        assertThat(CommandLineRun.of("backup", "verify", file("a.age")).err()).contains("--key-file");
        assertThat(CommandLineRun.of("backup", "verify", file("a.age"), "--key-file", file("public"))
                        .err())
                .contains("private one");
        CommandLineRun verified =
                CommandLineRun.of("backup", "verify", file("a.age"), "--key-file", file("key"), "--json");
        assertThat(verified.status()).as(verified.err()).isZero();
        assertThat(new ObjectMapper().readTree(verified.out()).path("good").asBoolean())
                .isTrue();
    }

    @Test
    void anAnswerThatIsCutOffLeavesNoFile() throws IOException {
        byte[] archive = archive();
        server.bytes("POST /api/v1/backup", Arrays.copyOf(archive, archive.length / 2));
        CommandLineRun taken = backup(file("a.zip"));
        assertThat(taken.status()).isEqualTo(1);
        assertThat(taken.err()).contains("cut off");
        try (Stream<Path> files = Files.list(folder)) {
            assertThat(files).isEmpty();
        }
    }

    @Test
    void aRefusalIsShownAndAFileIsNotOverwritten() throws IOException {
        server.reply(
                "POST /api/v1/backup",
                403,
                "{\"title\":\"Forbidden\",\"status\":403,\"detail\":\"needs the role admin\"}");
        CommandLineRun refused = backup(file("a.zip"));
        assertThat(refused.status()).isEqualTo(1);
        assertThat(refused.err()).contains("needs the role admin");
        Files.writeString(folder.resolve("b.zip"), "precious");
        assertThat(backup(file("b.zip")).err()).contains("exists already");
        assertThat(Files.readString(folder.resolve("b.zip"))).isEqualTo("precious");
        assertThat(CommandLineRun.of("backup").status()).isEqualTo(64);
        assertThat(backup(file("c"), "--key-file", file("none")).err()).contains("does not exist");
    }

    @Test
    void restoreNeedsAnInstallation() throws IOException {
        Files.write(folder.resolve("a.zip"), archive());
        CommandLineRun run = CommandLineRun.of("restore", file("a.zip"), "--data", file("data"));
        assertThat(run.status()).isEqualTo(1);
        assertThat(run.err()).contains("bundles of an installation");
        assertThat(CommandLineRun.of("restore", file("a.zip")).status()).isEqualTo(64);
    }
}
