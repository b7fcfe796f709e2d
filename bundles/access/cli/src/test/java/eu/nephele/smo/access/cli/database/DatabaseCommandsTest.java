// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.access.cli.database;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import eu.nephele.smo.access.cli.CommandLineRun;
import eu.nephele.smo.access.cli.FakeSmo;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the commands say of a database and do with it; the database itself is tested with the store. */
class DatabaseCommandsTest {

    @TempDir
    private Path data;

    @BeforeEach
    void older() throws IOException {
        Files.writeString(data.resolve("version"), "2");
    }

    private CommandLineRun db(String command, String... further) {
        List<String> all = new ArrayList<>(List.of("db", command, "--data", data.toString()));
        all.addAll(List.of(further));
        return CommandLineRun.of(all.toArray(String[]::new));
    }

    @Test
    void statusHasWhatWasDoneWhenAndWhatIsToBeDone() {
        CommandLineRun run = db("status");
        assertThat(run.status()).as(run.err()).isZero();
        assertThat(run.out())
                .contains(data + ", H2: tables of version 2, newest 3, 1 migrations to be done")
                .containsPattern("2 +step 2 +done +2026-11-28T12:00:00Z +12")
                .containsPattern("3 +step 3 +pending +- +-");
        JsonNode json = FakeSmo.json(db("status", "--json").out());
        assertThat(json.path("version").asText()).isEqualTo("2");
        assertThat(json.path("newest").asText()).isEqualTo("3");
        assertThat(json.path("pending").toString()).isEqualTo("[\"3\"]");
        assertThat(json.at("/migrations/1/at").asText()).isEqualTo("2026-11-28T12:00:00.500Z");
        assertThat(json.at("/migrations/2").has("at")).isFalse();
    }

    @Test
    void checkSaysByItsStatusWhetherAllIsAsExpected() throws IOException {
        CommandLineRun behind = db("check");
        assertThat(behind.status()).isEqualTo(2);
        assertThat(behind.out()).contains("Migration 3 is to be done: step 3");
        Files.writeString(data.resolve("version"), "3");
        CommandLineRun current = db("check");
        assertThat(current.status()).isZero();
        assertThat(current.out()).contains("All tables are those of this program");
        Files.writeString(data.resolve("wrong"), "");
        CommandLineRun wrong = db("check", "--json");
        assertThat(wrong.status()).isEqualTo(2);
        assertThat(FakeSmo.json(wrong.out()).path("faults").toString()).contains("Migration 1 is another one");
        assertThat(db("status").status()).isZero();
        assertThat(db("status").out()).contains("Migration 1 is another one");
    }

    @Test
    void migrateGoesToTheNewestOnce() {
        CommandLineRun run = db("migrate");
        assertThat(run.status()).as(run.err()).isZero();
        assertThat(run.out()).contains("1 migrations were done, from version 2 to 3");
        assertThat(db("migrate").out()).contains("newest version 3 already");
        JsonNode json = FakeSmo.json(db("migrate", "--json").out());
        assertThat(json.path("from").asText()).isEqualTo("3");
        assertThat(json.path("migrated").isEmpty()).isTrue();
    }

    @Test
    void aDatabaseThatIsUsedIsNotMigrated() throws IOException {
        Files.writeString(data.resolve("used"), "");
        CommandLineRun run = db("migrate");
        assertThat(run.status()).isEqualTo(1);
        assertThat(run.err()).contains("A server is using the data directory");
        assertThat(Files.readString(data.resolve("version"))).isEqualTo("2");
    }

    @Test
    void aDatabaseIsNamedByAUrlWithUserAndPassword() throws IOException {
        Path password = Files.writeString(data.resolve("password"), "secret\n");
        CommandLineRun run = db(
                "migrate",
                "--database",
                "jdbc:postgresql://db/smo",
                "--user",
                "owner",
                "--password-file",
                password.toString());
        assertThat(run.err()).contains("as owner by secret");
        assertThat(run.out()).contains("jdbc:postgresql://db/smo: 1 migrations were done");
    }

    @Test
    void whichDatabaseIsMeantHasToBeSaid() {
        assertThat(CommandLineRun.of("db", "status").status()).isEqualTo(64);
        CommandLineRun both = db("status", "--config", "etc", "--database", "jdbc:postgresql://db/smo");
        assertThat(both.status()).isEqualTo(64);
        assertThat(both.err()).contains("not both");
        assertThat(db("migrate", "--user", "owner").err()).contains("belong to --database");
        assertThat(db("migrate", "--config", data.resolve("typo").toString()).err())
                .contains("There is no folder", "typo");
    }
}
