// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.itests;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/** Rows that nobody else writes until they are let go: a server that wants to waits, in the middle of what it does. */
final class LockedRows implements AutoCloseable {

    private final Connection connection;

    private LockedRows(Connection connection) {
        this.connection = connection;
    }

    /**
     * @param configuration of a server with PostgreSQL
     * @param rows table and condition
     */
    static LockedRows lock(String configuration, String rows) throws SQLException {
        Connection connection = Postgres.connect(configuration);
        connection.setAutoCommit(false);
        LockedRows locked = new LockedRows(connection);
        if (locked.rows("select 1 from %s for update".formatted(rows)).isEmpty()) {
            throw new IllegalStateException("No rows of " + rows);
        }
        return locked;
    }

    /** Columns of each row, with blanks between them; everybody's writes are seen as soon as they are committed. */
    List<String> rows(String query) throws SQLException {
        List<String> found = new ArrayList<>();
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(query)) {
            while (rows.next()) {
                List<String> columns = new ArrayList<>();
                for (int i = 1; i <= rows.getMetaData().getColumnCount(); i++) {
                    columns.add(String.valueOf(rows.getObject(i)));
                }
                found.add(String.join(" ", columns));
            }
        }
        return found;
    }

    /** Whether somebody waits to write a table. */
    boolean isAwaited(String table) throws SQLException {
        return !rows("""
                        select 1 from pg_locks held join pg_stat_activity other on other.pid = held.pid
                        where not held.granted and other.query ilike '%%%s%%'
                        """.formatted(table)).isEmpty();
    }

    /** Lets them go, as they were. */
    void letGo() throws SQLException {
        if (!connection.isClosed()) {
            connection.rollback();
            connection.close();
        }
    }

    @Override
    public void close() throws SQLException {
        letGo();
    }
}
