// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.store;

import static org.assertj.core.api.Assertions.assertThat;

import eu.nephele.smo.lab.testkit.Await;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import org.h2.jdbcx.JdbcDataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The file of an embedded database in which each row is changed a few times when it is new, and then stays. */
class CompactionTest {

    /** Percent of the blocks that shall be in use. */
    private static final int FILLED = 40;

    private static final int ROWS = 600;
    private static final int CHANGES = 5;
    private static final int CHARACTERS = 4000;

    @TempDir
    private Path directory;

    @Test
    void replacedRowsFreeBlocksWhileTheDatabaseIsOpen() throws Exception {
        JdbcDataSource source = new JdbcDataSource();
        // blocks are looked at again after H2's 45 s only
        source.setUrl(EmbeddedUrl.url(directory) + ";RETENTION_TIME=100");
        try (Connection connection = source.getConnection()) {
            execute(connection, "create table t(id int primary key, v varchar(%d))".formatted(CHARACTERS));
            write(connection);
            int before = filledPercent(connection);
            assertThat(before).isLessThan(FILLED);
            GroupCommitWriter writers = new GroupCommitWriter(1);
            Compaction compaction = Compaction.create(source, writers).orElseThrow();
            AtomicInteger commits = new AtomicInteger();
            Await.until("the file is compacted", () -> {
                writers.take();
                execute(connection, "update t set id = id where id = %d".formatted(commits.getAndIncrement() % ROWS));
                connection.commit();
                writers.release();
                return filledPercent(connection) >= FILLED;
            });
            compaction.close();
            assertThat(filledPercent(connection)).isGreaterThanOrEqualTo(FILLED);
            execute(connection, "shutdown");
        }
        requireRows(source);
    }

    @Test
    void theFileBecomesSmallerWhileOthersCommit() throws Exception {
        JdbcDataSource source = new JdbcDataSource();
        source.setUrl(EmbeddedUrl.url(directory) + ";RETENTION_TIME=100");
        GroupCommitWriter writers = new GroupCommitWriter(1);
        try (Connection connection = source.getConnection()) {
            execute(connection, "create table t(id int primary key, v varchar(%d))".formatted(CHARACTERS));
            write(connection);
            execute(connection, "delete from t where mod(id, 20) <> 0");
            connection.commit();
            long before = Files.size(directory.resolve(EmbeddedUrl.FILE));
            Compaction compaction = Compaction.create(source, writers, 0, 20).orElseThrow();
            AtomicInteger commits = new AtomicInteger();
            Await.until("the file is smaller", () -> {
                writers.take();
                execute(connection, "merge into t key(id) values(%d, '%d')".formatted(ROWS, commits.incrementAndGet()));
                connection.commit();
                writers.release();
                return Files.size(directory.resolve(EmbeddedUrl.FILE)) <= before / 10;
            });
            compaction.close();
            assertThat(Files.size(directory.resolve(EmbeddedUrl.FILE))).isLessThanOrEqualTo(before / 10);
            execute(connection, "shutdown immediately");
            assertThat(rows(source))
                    .hasSize(ROWS / 20 + 1)
                    .containsEntry(20, text(20, CHANGES))
                    .containsEntry(ROWS, String.valueOf(commits.get()));
        }
    }

    /** H2 frees space with a commit only: after the last one nothing else would. */
    @Test
    void theFileBecomesSmallerAlsoWhenNobodyCommitsAnyMore() throws Exception {
        JdbcDataSource source = new JdbcDataSource();
        source.setUrl(EmbeddedUrl.url(directory) + ";RETENTION_TIME=1000");
        try (Connection connection = source.getConnection()) {
            execute(connection, "create table t(id int primary key, v varchar(%d))".formatted(CHARACTERS));
            write(connection);
            execute(connection, "delete from t");
            connection.commit();
            long before = Files.size(directory.resolve(EmbeddedUrl.FILE));
            Compaction compaction =
                    Compaction.create(source, new GroupCommitWriter(1), 0, 20).orElseThrow();
            Await.until("the file is smaller", () -> Files.size(directory.resolve(EmbeddedUrl.FILE)) <= before / 10);
            compaction.close();
            assertThat(Files.size(directory.resolve(EmbeddedUrl.FILE))).isLessThanOrEqualTo(before / 10);
            execute(connection, "shutdown immediately");
        }
    }

    @Test
    void freeSpaceIsThatOfTheDiskBehindAllLayers() throws Exception {
        JdbcDataSource source = new JdbcDataSource();
        source.setUrl(FullDisk.url(EmbeddedUrl.url(directory)));
        try (Connection connection = source.getConnection()) {
            long before = directory.toFile().getUsableSpace();
            assertThat(EmbeddedFile.find(source).orElseThrow().roomBytes()).isBetween(before / 2, before * 2);
            execute(connection, "shutdown");
        }
    }

    @Test
    void aDatabaseInMemoryHasNothingToCompact() throws SQLException {
        JdbcDataSource memory = new JdbcDataSource();
        memory.setUrl("jdbc:h2:mem:compaction");
        assertThat(Compaction.create(memory, new GroupCommitWriter(1))).isEmpty();
    }

    private static void write(Connection connection) throws SQLException {
        connection.setAutoCommit(false);
        try (PreparedStatement change = connection.prepareStatement("merge into t key(id) values(?, ?)")) {
            for (int id = 0; id < ROWS; id++) {
                for (int version = 1; version <= CHANGES; version++) {
                    change.setInt(1, id);
                    change.setString(2, text(id, version));
                    change.executeUpdate();
                    connection.commit();
                }
            }
        }
    }

    private static void requireRows(JdbcDataSource source) throws SQLException {
        try (Connection connection = source.getConnection();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("select v from t order by id")) {
            for (int id = 0; id < ROWS; id++) {
                assertThat(rows.next()).isTrue();
                assertThat(rows.getString(1)).isEqualTo(text(id, CHANGES));
            }
            assertThat(rows.next()).isFalse();
        }
    }

    private static Map<Integer, String> rows(JdbcDataSource source) throws SQLException {
        Map<Integer, String> all = new HashMap<>();
        try (Connection connection = source.getConnection();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("select id, v from t")) {
            while (rows.next()) {
                all.put(rows.getInt(1), rows.getString(2));
            }
        }
        return all;
    }

    private static void execute(Connection connection, String statement) throws SQLException {
        try (Statement any = connection.createStatement()) {
            any.execute(statement);
        }
    }

    static String text(int id, int version) {
        return new Random(31L * id + version)
                .ints(CHARACTERS, 'a', 'z' + 1)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }

    /** Returns the used share of the blocks of the file. */
    private static int filledPercent(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(
                        "select setting_value from information_schema.settings where setting_name = 'info.CHUNKS_FILL_RATE'")) {
            assertThat(row.next()).isTrue();
            return Integer.parseInt(row.getString(1));
        }
    }
}
