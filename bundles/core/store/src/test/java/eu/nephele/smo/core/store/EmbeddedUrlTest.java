// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Settings of H2 that only show when something is lost. */
class EmbeddedUrlTest {

    private static final int ROWS = 400;

    @TempDir
    private Path directory;

    @Test
    void noBlockIsMovedWhileTheDatabaseCloses() throws SQLException {
        try (Connection connection = open();
                Statement sql = connection.createStatement()) {
            assertThat(setting(sql, "MAX_COMPACT_TIME")).isEqualTo("0");
            assertThat(setting(sql, "WRITE_DELAY")).isEqualTo("0");
            assertThat(setting(sql, "RETENTION_TIME")).isEqualTo("45000");
            sql.execute("shutdown");
        }
    }

    /** H2's own compaction would make the file smaller while it closes. */
    @Test
    void deletedRowsStillTakeTheirBlocksAfterTheDatabaseHasClosed() throws Exception {
        try (Connection connection = open();
                Statement sql = connection.createStatement()) {
            sql.execute("create table filled (id integer primary key, text varchar)");
            for (int i = 0; i < ROWS; i++) {
                sql.execute("insert into filled select " + i + ", listagg(random_uuid()) from system_range(1, 400)");
            }
            sql.execute("delete from filled where id > 0");
            long before = Files.size(directory.resolve(EmbeddedUrl.FILE));
            assertThat(before).isGreaterThan(1 << 20);
            sql.execute("shutdown");
            assertThat(Files.size(directory.resolve(EmbeddedUrl.FILE))).isGreaterThanOrEqualTo(before / 2);
        }
        try (Connection again = open();
                Statement sql = again.createStatement();
                ResultSet rows = sql.executeQuery("select count(*) from filled")) {
            assertThat(rows.next()).isTrue();
            assertThat(rows.getInt(1)).isEqualTo(1);
        }
    }

    private Connection open() throws SQLException {
        return DriverManager.getConnection(EmbeddedUrl.url(directory), "sa", "");
    }

    private static String setting(Statement sql, String name) throws SQLException {
        try (ResultSet rows = sql.executeQuery(
                "select setting_value from information_schema.settings where setting_name = '" + name + "'")) {
            assertThat(rows.next()).as(name).isTrue();
            return rows.getString(1);
        }
    }
}
