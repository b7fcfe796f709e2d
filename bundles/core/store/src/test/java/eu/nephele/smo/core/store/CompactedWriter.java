// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.store;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.TimeUnit;
import org.h2.jdbcx.JdbcDataSource;

/**
 * A process that prints each committed row while its file is compacted all the time, until it is killed. Each commit of
 * a thread inserts a row, and removes the one {@link #KEPT} before it.
 */
final class CompactedWriter {

    static final int KEPT = 50;
    static final int THREADS = 2;

    private static final int CHARACTERS = 4000;
    private static final int BURST = 300;
    private static final int PAUSE_MILLIS = 400;

    private CompactedWriter() {}

    /** @param arguments directory of the database */
    public static void main(String[] arguments) throws Exception {
        JdbcDataSource source = new JdbcDataSource();
        // blocks become holes while the process lives; the cache is smaller than what is written
        source.setUrl(EmbeddedUrl.url(Path.of(arguments[0]), 256) + ";RETENTION_TIME=300");
        try (Connection connection = source.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("create table if not exists t(thread int, id int, v varchar(%d), primary key(thread, id))"
                    .formatted(CHARACTERS));
        }
        GroupCommitWriter writers = new GroupCommitWriter(1);
        if (Compaction.create(source, writers, 0, 5).isEmpty()) {
            throw new IllegalStateException("Nothing to compact");
        }
        for (int thread = 0; thread < THREADS; thread++) {
            int number = thread;
            new Thread(() -> write(source, writers, number)).start();
        }
    }

    private static void write(JdbcDataSource source, GroupCommitWriter writers, int thread) {
        try (Connection connection = source.getConnection();
                PreparedStatement insert = connection.prepareStatement("insert into t values(?, ?, ?)");
                PreparedStatement delete = connection.prepareStatement("delete from t where thread = ? and id <= ?")) {
            connection.setAutoCommit(false);
            for (int id = last(connection, thread) + 1; ; id++) {
                insert.setInt(1, thread);
                insert.setInt(2, id);
                insert.setString(3, text(id));
                delete.setInt(1, thread);
                delete.setInt(2, id - KEPT);
                if (id % BURST == 0) {
                    // blocks grow old, and the next commit finds holes
                    TimeUnit.MILLISECONDS.sleep(PAUSE_MILLIS);
                }
                writers.take();
                try {
                    insert.executeUpdate();
                    delete.executeUpdate();
                    connection.commit();
                } finally {
                    writers.release();
                }
                say(thread + " " + id);
            }
        } catch (SQLException | InterruptedException e) {
            say("failed " + e);
        }
    }

    private static int last(Connection connection, int thread) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(
                        "select coalesce(max(id), 0) from t where thread = %d".formatted(thread))) {
            row.next();
            return row.getInt(1);
        }
    }

    /** Of a row. */
    static String text(int id) {
        return CompactionTest.text(id, 0);
    }

    private static synchronized void say(String line) {
        System.out.println(line);
        System.out.flush();
    }
}
