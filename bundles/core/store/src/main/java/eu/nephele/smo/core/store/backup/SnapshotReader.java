// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.store.backup;

import eu.nephele.smo.core.contract.audit.AuditHead;
import eu.nephele.smo.core.contract.backup.ArchiveHeader;
import eu.nephele.smo.core.contract.backup.ArchiveTable;
import eu.nephele.smo.core.contract.backup.ArchiveTable.ArchiveColumn;
import eu.nephele.smo.core.contract.backup.ArchiveWriter;
import eu.nephele.smo.core.contract.backup.ArchiveWriter.TablePart;
import java.io.IOException;
import java.io.OutputStream;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * All tables in one snapshot. PostgreSQL: a transaction that reads only, REPEATABLE READ, with a cursor for each table. H2: a transaction
 * with the isolation SNAPSHOT, which is one of all tables from its first statement on, with rows that are read when they are asked for.
 * Neither holds up writers.
 */
public final class SnapshotReader implements AutoCloseable {

    private static final int H2_SNAPSHOT = 6;
    private static final int ROWS_PER_FETCH = 200;

    private final Connection connection;
    private final boolean postgresql;
    private final TableCatalog catalog;
    private final ArchiveHeader header;
    private boolean closed;

    private SnapshotReader(Connection connection, boolean postgresql, TableCatalog catalog, ArchiveHeader header) {
        this.connection = connection;
        this.postgresql = postgresql;
        this.catalog = catalog;
        this.header = header;
    }

    /**
     * Takes the snapshot: it has what is committed now.
     *
     * @param connection of this reader from now on; closed when it is, or when this fails
     * @param server version of the program
     */
    public static SnapshotReader open(Connection connection, String server) throws SQLException {
        boolean postgresql = false;
        try {
            postgresql = TableCatalog.isPostgresql(connection);
            connection.setAutoCommit(false);
            if (postgresql) {
                connection.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
                connection.setReadOnly(true);
                // whoever receives it may be slow: nothing waits for a transaction that reads
                execute(connection, "set local idle_in_transaction_session_timeout = '10min'");
            } else {
                execute(connection, "set lazy_query_execution true");
                connection.commit();
                connection.setTransactionIsolation(H2_SNAPSHOT);
            }
            // in this order: the first statement takes the snapshot
            String installation = TableCatalog.text(connection, "select instance_id from instance where id = 1");
            TableCatalog catalog = TableCatalog.read(connection);
            return new SnapshotReader(
                    connection, postgresql, catalog, header(connection, installation, catalog, server));
        } catch (SQLException | RuntimeException e) {
            end(connection, postgresql);
            throw e;
        }
    }

    private static ArchiveHeader header(Connection connection, String installation, TableCatalog catalog, String server)
            throws SQLException {
        return new ArchiveHeader(
                UUID.randomUUID().toString(),
                schema(connection),
                server,
                connection.getMetaData().getDatabaseProductName(),
                installation,
                Instant.now().truncatedTo(ChronoUnit.MICROS),
                head(connection),
                Long.parseLong(TableCatalog.text(connection, "select epoch from owner where id = 1")),
                Long.parseLong(TableCatalog.text(connection, "select last_sequence from event_counter where id = 1")),
                catalog.tables());
    }

    /** The number of the last migration. */
    static String schema(Connection connection) throws SQLException {
        return TableCatalog.text(
                connection,
                "select \"version\" from \"flyway_schema_history\" where \"success\" and \"version\" is not null"
                        + " order by \"installed_rank\" desc fetch first 1 rows only");
    }

    static AuditHead head(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row =
                        statement.executeQuery("select sequence, epoch, entry_hash from audit_head where id = 1")) {
            row.next();
            return new AuditHead(row.getLong(1), row.getLong(2), row.getString(3));
        }
    }

    private static void execute(Connection connection, String statement) throws SQLException {
        try (Statement sql = connection.createStatement()) {
            sql.execute(statement);
        }
    }

    public ArchiveHeader header() {
        return header;
    }

    /** @throws SQLException when the database fails: what was written then is no archive */
    public void writeTo(OutputStream out) throws IOException, SQLException {
        ArchiveWriter writer = new ArchiveWriter(out, header);
        for (CatalogTable table : catalog.ordered()) {
            try {
                writer.table(part -> copy(table, part));
            } catch (UncheckedSqlException failed) {
                throw failed.sql;
            }
        }
        writer.end(catalog.identities(connection));
    }

    /** Carries a failure of the database through the writer of the archive. */
    private static final class UncheckedSqlException extends RuntimeException {
        private static final long serialVersionUID = 1L;
        private final SQLException sql;

        UncheckedSqlException(SQLException sql) {
            super(sql);
            this.sql = sql;
        }
    }

    private void copy(CatalogTable table, TablePart part) throws IOException {
        for (String query : table.queries()) {
            try (Statement statement = connection.createStatement()) {
                statement.setFetchSize(ROWS_PER_FETCH);
                try (ResultSet rows = statement.executeQuery(query)) {
                    while (rows.next()) {
                        part.row(values(table.table(), rows));
                    }
                }
            } catch (SQLException e) {
                throw new UncheckedSqlException(e);
            }
        }
    }

    /** The values of the current row, as an archive has them. */
    static @Nullable Object[] values(ArchiveTable table, ResultSet row) throws SQLException {
        @Nullable Object[] values = new Object[table.columns().size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = value(table.columns().get(i), row, i + 1);
        }
        return values;
    }

    private static @Nullable Object value(ArchiveColumn column, ResultSet row, int place) throws SQLException {
        Object value =
                switch (column.type()) {
                    case TEXT, JSON -> row.getString(place);
                    case INTEGER -> row.getLong(place);
                    case BOOLEAN -> row.getBoolean(place);
                    case BYTES -> row.getBytes(place);
                    case TIME -> {
                        OffsetDateTime time = row.getObject(place, OffsetDateTime.class);
                        yield time == null ? null : time.toInstant().toString();
                    }
                };
        return row.wasNull() ? null : value;
    }

    @Override
    public synchronized void close() throws SQLException {
        if (!closed) {
            closed = true;
            end(connection, postgresql);
        }
    }

    /** The connection goes back as it was. */
    private static void end(Connection connection, boolean postgresql) throws SQLException {
        try (connection) {
            connection.rollback();
            if (!postgresql) {
                execute(connection, "set lazy_query_execution false");
                connection.commit();
            }
        }
    }
}
