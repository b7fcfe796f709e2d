// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.store.backup;

import eu.nephele.smo.core.contract.backup.ArchiveException;
import eu.nephele.smo.core.contract.backup.ArchiveHeader;
import eu.nephele.smo.core.contract.backup.ArchiveManifest;
import eu.nephele.smo.core.contract.backup.ArchiveRows;
import eu.nephele.smo.core.contract.backup.ArchiveTable;
import eu.nephele.smo.core.contract.backup.ArchiveTable.ArchiveColumn;
import eu.nephele.smo.core.contract.backup.ColumnType;
import java.io.IOException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Fills tables that have no rows of their own, with the tables in the version of the archive, and reads all of it back. */
public final class TableLoader implements ArchiveRows, AutoCloseable {

    private static final int ROWS_PER_BATCH = 200;
    private static final int ROWS_PER_COMMIT = 4000;
    private static final int MOST_BATCH_CHARACTERS = 4 * 1024 * 1024;

    private final Connection connection;
    private final Consumer<String> progress;
    private final List<LoadedTable> loaded = new ArrayList<>();
    private Optional<TableCatalog> catalog = Optional.empty();
    private Optional<LoadedTable> current = Optional.empty();

    /** @param connection of the caller, who closes it */
    public TableLoader(Connection connection, Consumer<String> progress) {
        this.connection = connection;
        this.progress = progress;
    }

    /** The rows that go into one table. */
    private static final class LoadedTable {
        private final ArchiveTable table;
        private final PreparedStatement insert;
        private final RowChecksum checksum;
        private long rows;
        private int waiting;
        private long characters;

        LoadedTable(ArchiveTable table, PreparedStatement insert, RowChecksum checksum) {
            this.table = table;
            this.insert = insert;
            this.checksum = checksum;
        }
    }

    /** Empties the tables of what migrations have put into them. */
    @Override
    public void begin(ArchiveHeader header) throws IOException {
        try {
            connection.setAutoCommit(false);
            TableCatalog present = TableCatalog.read(connection);
            catalog = Optional.of(present);
            requireSame(header, present);
            List<CatalogTable> backward = new ArrayList<>(present.ordered());
            Collections.reverse(backward);
            try (Statement statement = connection.createStatement()) {
                for (CatalogTable table : backward) {
                    statement.executeUpdate("delete from " + table.name());
                }
            }
            connection.commit();
        } catch (SQLException e) {
            throw failed("emptying the new tables", e);
        }
    }

    private static void requireSame(ArchiveHeader header, TableCatalog present) throws ArchiveException {
        Map<String, List<String>> here = new LinkedHashMap<>();
        present.tables().forEach(table -> here.put(table.name(), names(table)));
        Map<String, List<String>> there = new LinkedHashMap<>();
        header.tables().forEach(table -> there.put(table.name(), names(table)));
        if (!here.equals(there)) {
            here.entrySet().removeAll(Map.copyOf(there).entrySet());
            throw new ArchiveException("The archive has not the tables that version %s has: %s"
                    .formatted(header.schema(), here.isEmpty() ? there.keySet() : here));
        }
    }

    private static List<String> names(ArchiveTable table) {
        return table.columns().stream().map(ArchiveColumn::name).sorted().toList();
    }

    @Override
    public void table(ArchiveTable table) throws IOException {
        finish();
        CatalogTable here = catalog.flatMap(present -> present.find(table.name()))
                .orElseThrow(() -> new ArchiveException("The database has no table " + table.name()));
        try {
            // the columns in the order of the archive, with what is JSON on either side
            ArchiveTable read = new ArchiveTable(
                    table.name(),
                    table.columns().stream()
                            .map(column -> new ArchiveColumn(column.name(), type(column, here.table())))
                            .toList());
            CatalogTable there =
                    new CatalogTable(read, here.key(), here.refersTo(), here.ownReference(), here.identity());
            LoadedTable begun = new LoadedTable(read, connection.prepareStatement(there.insert()), checksum(read));
            loaded.add(begun);
            current = Optional.of(begun);
        } catch (SQLException e) {
            throw failed("filling the table " + table.name(), e);
        }
    }

    private static ColumnType type(ArchiveColumn column, ArchiveTable here) {
        ColumnType there = here.columns().stream()
                .filter(each -> each.name().equals(column.name()))
                .map(ArchiveColumn::type)
                .findFirst()
                .orElse(column.type());
        return there == ColumnType.JSON ? ColumnType.JSON : column.type();
    }

    private static RowChecksum checksum(ArchiveTable table) {
        return new RowChecksum(table.columns().stream()
                .map(column -> column.type() == ColumnType.JSON)
                .toList());
    }

    @Override
    public void row(@Nullable Object[] values) throws IOException {
        LoadedTable into = current.orElseThrow();
        into.rows++;
        try {
            for (int i = 0; i < values.length; i++) {
                into.insert.setObject(i + 1, values[i]);
                into.characters += values[i] instanceof String text ? text.length() : 8;
            }
            into.insert.addBatch();
            into.checksum.add(values);
            into.waiting++;
            if (into.waiting >= ROWS_PER_BATCH || into.characters > MOST_BATCH_CHARACTERS) {
                flush(into);
            }
        } catch (SQLException e) {
            throw failed("filling the table %s, rows up to %d".formatted(into.table.name(), into.rows), cause(e));
        } catch (IllegalArgumentException noJson) {
            throw new ArchiveException(
                    "Row %d of the table %s is damaged: %s"
                            .formatted(into.rows, into.table.name(), noJson.getMessage()),
                    noJson);
        }
    }

    /** What a batch failed for is behind it. */
    private static SQLException cause(SQLException failure) {
        SQLException next = failure.getNextException();
        return next == null ? failure : next;
    }

    private void flush(LoadedTable into) throws SQLException {
        if (into.waiting > 0) {
            into.insert.executeBatch();
            into.waiting = 0;
            into.characters = 0;
            if (into.rows % ROWS_PER_COMMIT < ROWS_PER_BATCH) {
                connection.commit();
            }
        }
    }

    private void finish() throws IOException {
        if (current.isEmpty()) {
            return;
        }
        LoadedTable done = current.get();
        current = Optional.empty();
        try (done.insert) {
            flush(done);
            connection.commit();
        } catch (SQLException e) {
            throw failed("filling the table " + done.table.name(), cause(e));
        }
        if (done.rows > 0) {
            progress.accept("%s: %d rows".formatted(done.table.name(), done.rows));
        }
    }

    @Override
    public void end(ArchiveManifest manifest) throws IOException {
        finish();
        try {
            restart(manifest.identities());
            connection.commit();
        } catch (SQLException e) {
            throw failed("setting the next numbers", e);
        }
    }

    private void restart(Map<String, Long> identities) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            for (CatalogTable table : catalog.orElseThrow().ordered()) {
                if (table.identity().isPresent()) {
                    String column = table.identity().get();
                    long above = Long.parseLong(TableCatalog.text(
                            connection, "select coalesce(max(%s), 0) + 1 from %s".formatted(column, table.name())));
                    long next = Math.max(above, identities.getOrDefault(table.name() + "." + column, 1L));
                    statement.execute(
                            "alter table %s alter column %s restart with %d".formatted(table.name(), column, next));
                }
            }
        }
    }

    /**
     * Reads all tables back.
     *
     * @throws IOException naming the tables that are not what the archive has
     */
    public void verify() throws IOException {
        List<String> differing = new ArrayList<>();
        for (LoadedTable each : loaded) {
            String name = each.table.name();
            try {
                String there = readBack(each.table).result();
                String expected = each.checksum.result();
                if (!there.equals(expected)) {
                    differing.add("%s (%s, expected %s)".formatted(name, there, expected));
                }
            } catch (SQLException e) {
                throw failed("reading back the table " + name, e);
            }
        }
        if (!differing.isEmpty()) {
            throw new IOException(
                    "The database has not kept what was written: %s".formatted(String.join(", ", differing)));
        }
    }

    private RowChecksum readBack(ArchiveTable table) throws SQLException {
        RowChecksum checksum = checksum(table);
        String query = "select "
                + String.join(
                        ", ", table.columns().stream().map(ArchiveColumn::name).toList()) + " from "
                + table.name();
        try (Statement statement = connection.createStatement()) {
            statement.setFetchSize(ROWS_PER_BATCH);
            try (ResultSet rows = statement.executeQuery(query)) {
                while (rows.next()) {
                    checksum.add(SnapshotReader.values(table, rows));
                }
            }
        }
        connection.commit();
        return checksum;
    }

    private static IOException failed(String what, SQLException why) {
        return new IOException("%s has failed: %s".formatted(what, why.getMessage()), why);
    }

    @Override
    public void close() throws SQLException {
        if (current.isPresent()) {
            current.get().insert.close();
        }
    }
}
