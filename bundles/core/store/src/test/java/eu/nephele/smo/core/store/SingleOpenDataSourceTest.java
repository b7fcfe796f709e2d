// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import org.h2.jdbcx.JdbcDataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A database that has closed itself is not opened a second time beside connections of the first; afterwards it can be. */
class SingleOpenDataSourceTest {

    @TempDir
    private Path directory;

    private final JdbcDataSource source = new JdbcDataSource();

    @BeforeEach
    void url() {
        source.setURL(FullDisk.url(EmbeddedUrl.url(directory)));
        source.setUser("sa");
    }

    @AfterEach
    void makeRoom() {
        FullDisk.hasRoomFor(Long.MAX_VALUE);
    }

    @Test
    void noConnectionAfterTheEndAndTheFileIsFreeWhenAllAreClosed() throws Exception {
        SingleOpenDataSource once = new SingleOpenDataSource(source);
        Connection first = once.getConnection();
        Connection second = once.getConnection();
        try {
            execute(first, "create table t(i int primary key)");
            execute(second, "insert into t values (1)");
            FullDisk.hasRoomFor(Files.size(directory.resolve(EmbeddedUrl.FILE)));
            assertThatThrownBy(() -> execute(first, "insert into t values (2)")).isInstanceOf(SQLException.class);
            FullDisk.hasRoomFor(Long.MAX_VALUE);

            assertThatThrownBy(once::getConnection).isInstanceOf(SQLException.class);
            assertThatThrownBy(() -> execute(second, "select * from t")).isInstanceOf(SQLException.class);
            assertThatThrownBy(once::getConnection).isInstanceOf(SQLException.class);
        } finally {
            for (AutoCloseable open : List.of(first, second, once)) {
                close(open);
            }
        }
        try (SingleOpenDataSource next = new SingleOpenDataSource(source);
                Connection again = next.getConnection()) {
            assertThat(execute(again, "select * from t where i = 1")).isTrue();
            execute(again, "insert into t values (2)");
            close(() -> execute(again, "shutdown"));
        }
    }

    /** Closing a connection whose database is closed may fail once more. */
    private static void close(AutoCloseable open) throws Exception {
        try {
            open.close();
        } catch (SQLException closed) {
            assertThat(closed.getErrorCode()).isNotZero();
        }
    }

    /** Returns whether there are rows to read. */
    private static boolean execute(Connection connection, String statement) throws SQLException {
        try (Statement done = connection.createStatement()) {
            return done.execute(statement);
        }
    }
}
