// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.store;

import eu.nephele.smo.core.contract.backup.ArchiveHeader;
import eu.nephele.smo.core.contract.backup.ArchiveRestorer.RestoreTarget;
import eu.nephele.smo.core.store.backup.TableCatalog;
import java.io.IOException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import javax.sql.DataSource;

/**
 * A schema of PostgreSQL. A table says that a restore is under way, from the transaction in which what was there is removed, to the one in
 * which the restore is complete. The lock under which servers create tables is held meanwhile.
 */
final class PostgresTarget implements NewDatabase {

    private static final int CONNECTIONS = 4;

    private final ConnectionPool pool;
    private final Connection locked;
    private final String place;
    private final boolean replaces;

    private PostgresTarget(ConnectionPool pool, Connection locked, String place, boolean replaces) {
        this.pool = pool;
        this.locked = locked;
        this.place = place;
        this.replaces = replaces;
    }

    /**
     * @throws IOException when a server owns the database, or it has tables and is not to be replaced; nothing was changed
     * @throws SQLException when it does not answer
     */
    static PostgresTarget open(RestoreTarget target, String url, ArchiveHeader header, Consumer<String> progress)
            throws IOException, SQLException {
        ConnectionPool pool = PostgresPool.open(target.database(), url, CONNECTIONS);
        try {
            Connection locked = PostgresPool.locked(pool);
            return prepared(pool, locked, target, header, progress, StoreSettings.withoutParameters(url));
        } catch (IOException | SQLException | RuntimeException e) {
            pool.release();
            throw e;
        }
    }

    private static PostgresTarget prepared(
            ConnectionPool pool,
            Connection connection,
            RestoreTarget target,
            ArchiveHeader header,
            Consumer<String> progress,
            String place)
            throws IOException, SQLException {
        SqlDialect dialect = SqlDialect.from(pool.connections());
        SchemaMigration.requireKnown(pool.connections(), dialect, header);
        List<String> present = new ArrayList<>();
        for (String table : SchemaMigration.tables(pool.connections(), dialect)) {
            if (UnfinishedRestore.isTable(connection, table)) {
                present.add(table);
            }
        }
        boolean replaces = !present.isEmpty() && !UnfinishedRestore.isIn(connection);
        if (replaces && !target.replace()) {
            throw new IOException(
                    "The database %s has tables of the SMO. Restore into an empty schema, or add --replace, which removes them."
                            .formatted(place));
        }
        OwnerWatch watch = new OwnerWatch(connection, progress);
        if (replaces) {
            watch.requireNone();
        }
        connection.setAutoCommit(false);
        if (replaces) {
            watch.keepFree();
        }
        begin(connection, present, header);
        return new PostgresTarget(pool, connection, place, replaces);
    }

    /** Ends the transaction: there is no moment in which an empty database looks like a new one. */
    private static void begin(Connection connection, List<String> present, ArchiveHeader header) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            String schema = schema(statement);
            if (!present.isEmpty()) {
                statement.execute("drop table "
                        + present.stream().map(schema::concat).collect(Collectors.joining(", "))
                        + " cascade");
            }
            statement.execute("drop table if exists " + schema + TableCatalog.UNFINISHED);
            statement.execute("create table " + schema + TableCatalog.UNFINISHED
                    + " (archive varchar(253) not null, begun_at timestamp with time zone not null)");
        }
        try (PreparedStatement insert =
                connection.prepareStatement("insert into " + TableCatalog.UNFINISHED + " values (?, ?)")) {
            insert.setString(1, header.id());
            insert.setString(2, Instant.now().toString());
            insert.executeUpdate();
        }
        connection.commit();
        connection.setAutoCommit(true);
    }

    /** What stands before the names of our tables: others of the search path are not ours. */
    private static String schema(Statement statement) throws SQLException {
        try (ResultSet row = statement.executeQuery("select quote_ident(current_schema()) || '.'")) {
            row.next();
            return row.getString(1);
        }
    }

    @Override
    public DataSource source() {
        return pool.connections();
    }

    @Override
    public void complete(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("drop table " + TableCatalog.UNFINISHED);
        }
    }

    @Override
    public void publish() {
        // it is, since the transaction that completed it
    }

    @Override
    public String place() {
        return place;
    }

    @Override
    public String product() {
        return "PostgreSQL";
    }

    @Override
    public boolean replaces() {
        return replaces;
    }

    @Override
    public void close() throws SQLException {
        try {
            locked.close();
        } finally {
            pool.release();
        }
    }
}
