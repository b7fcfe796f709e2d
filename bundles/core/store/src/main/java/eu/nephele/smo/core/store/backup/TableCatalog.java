// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.store.backup;

import eu.nephele.smo.core.contract.backup.ArchiveAudit;
import eu.nephele.smo.core.contract.backup.ArchiveTable;
import eu.nephele.smo.core.contract.backup.ArchiveTable.ArchiveColumn;
import eu.nephele.smo.core.contract.backup.ColumnType;
import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** The tables of the present schema, as the database describes them; those are left out that are about the database and not about its content. */
public final class TableCatalog {

    /** Table that says that a restore has begun and not ended. */
    public static final String UNFINISHED = "smo_restore";

    /** Table of the migrations that were done. */
    public static final String MIGRATIONS = "flyway_schema_history";

    /** Who owns this database, and what was migrated in it, is told by no other database. */
    private static final Set<String> OF_THIS_DATABASE = Set.of("lease", MIGRATIONS, UNFINISHED);

    private static final String COLUMNS = "select c.table_name, c.column_name, c.data_type, c.is_identity"
            + " from information_schema.columns c join information_schema.tables t"
            + " on t.table_schema = c.table_schema and t.table_name = c.table_name"
            + " where c.table_schema = current_schema and t.table_type = 'BASE TABLE'"
            + " order by c.table_name, c.ordinal_position";

    private final boolean postgresql;
    private final Map<String, CatalogTable> tables;

    private TableCatalog(boolean postgresql, Map<String, CatalogTable> tables) {
        this.postgresql = postgresql;
        this.tables = tables;
    }

    /** @throws SQLException also when a column has a type that an archive has no word for */
    public static TableCatalog read(Connection connection) throws SQLException {
        boolean postgresql = isPostgresql(connection);
        Map<String, List<ArchiveColumn>> columns = new TreeMap<>();
        Map<String, String> identities = new HashMap<>();
        Map<String, String> names = new HashMap<>();
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(COLUMNS)) {
            while (rows.next()) {
                String name = rows.getString(1);
                String table = lower(name);
                if (OF_THIS_DATABASE.contains(table)) {
                    continue;
                }
                names.put(table, name);
                String column = lower(rows.getString(2));
                columns.computeIfAbsent(table, any -> new ArrayList<>())
                        .add(new ArchiveColumn(column, type(table, column, rows.getString(3))));
                if ("YES".equals(rows.getString(4))) {
                    identities.put(table, column);
                }
            }
        }
        Map<String, CatalogTable> tables = new LinkedHashMap<>();
        for (Map.Entry<String, List<ArchiveColumn>> table : columns.entrySet()) {
            tables.put(
                    table.getKey(),
                    table(
                            connection,
                            names.getOrDefault(table.getKey(), table.getKey()),
                            new ArchiveTable(table.getKey(), table.getValue()),
                            Optional.ofNullable(identities.get(table.getKey()))));
        }
        return new TableCatalog(postgresql, tables);
    }

    static boolean isPostgresql(Connection connection) throws SQLException {
        return connection.getMetaData().getDatabaseProductName().equals("PostgreSQL");
    }

    private static CatalogTable table(Connection connection, String name, ArchiveTable table, Optional<String> identity)
            throws SQLException {
        DatabaseMetaData about = connection.getMetaData();
        TreeMap<Integer, String> key = new TreeMap<>();
        try (ResultSet rows = about.getPrimaryKeys(null, connection.getSchema(), name)) {
            while (rows.next()) {
                key.put(rows.getInt("KEY_SEQ"), lower(rows.getString("COLUMN_NAME")));
            }
        }
        Set<String> others = new HashSet<>();
        Optional<String> own = Optional.empty();
        try (ResultSet rows = about.getImportedKeys(null, connection.getSchema(), name)) {
            while (rows.next()) {
                String other = lower(rows.getString("PKTABLE_NAME"));
                if (other.equals(table.name())) {
                    own = Optional.of(lower(rows.getString("FKCOLUMN_NAME")));
                } else {
                    others.add(other);
                }
            }
        }
        return new CatalogTable(table, List.copyOf(key.values()), others, own, identity);
    }

    private static String lower(String name) {
        return name.toLowerCase(Locale.ROOT);
    }

    private static ColumnType type(String table, String column, String type) throws SQLException {
        return switch (lower(type)) {
            case "character varying", "text", "character large object", "character" -> ColumnType.TEXT;
            case "jsonb", "json" -> ColumnType.JSON;
            case "bigint", "integer", "smallint" -> ColumnType.INTEGER;
            case "boolean" -> ColumnType.BOOLEAN;
            case "timestamp with time zone" -> ColumnType.TIME;
            case "bytea", "binary varying", "binary large object" -> ColumnType.BYTES;
            default ->
                throw new SQLException("The column %s of the table %s has the type %s, which an archive has no word for"
                        .formatted(column, table, type));
        };
    }

    /** All tables, each behind those that it refers to; those of the audit chain last, as {@link ArchiveAudit} reads them. */
    List<CatalogTable> ordered() {
        List<CatalogTable> ordered = new ArrayList<>();
        Set<String> done = new HashSet<>();
        TreeSet<String> left = new TreeSet<>(
                Comparator.<String>comparingInt(ArchiveAudit.ORDER::indexOf).thenComparing(Comparator.naturalOrder()));
        left.addAll(tables.keySet());
        while (!left.isEmpty()) {
            CatalogTable next = left.stream()
                    .map(name -> require(name))
                    .filter(table -> done.containsAll(table.refersTo()))
                    .findFirst()
                    .orElseThrow(() -> new IllegalStateException("Tables refer to each other: " + left));
            left.remove(next.name());
            done.add(next.name());
            ordered.add(next);
        }
        return ordered;
    }

    /** As an archive has them. */
    public List<ArchiveTable> tables() {
        return ordered().stream().map(CatalogTable::table).toList();
    }

    Optional<CatalogTable> find(String name) {
        return Optional.ofNullable(tables.get(name));
    }

    private CatalogTable require(String name) {
        return find(name).orElseThrow(() -> new IllegalStateException("No table " + name));
    }

    /** The next number of each column whose numbers the database gives out, by {@code table.column}. */
    Map<String, Long> identities(Connection connection) throws SQLException {
        Map<String, Long> next = new TreeMap<>();
        for (CatalogTable table : tables.values()) {
            if (table.identity().isPresent()) {
                String column = table.identity().get();
                next.put(
                        table.name() + "." + column,
                        postgresql
                                ? nextOfSequence(connection, table.name(), column)
                                : base(connection, table.name(), column));
            }
        }
        return next;
    }

    private static long nextOfSequence(Connection connection, String table, String column) throws SQLException {
        String sequence = text(connection, "select pg_get_serial_sequence('%s', '%s')".formatted(table, column));
        return Long.parseLong(
                text(connection, "select last_value + case when is_called then 1 else 0 end from " + sequence));
    }

    private static long base(Connection connection, String table, String column) throws SQLException {
        return Long.parseLong(text(
                connection,
                "select identity_base from information_schema.columns where table_schema = current_schema"
                        + " and lower(table_name) = '%s' and lower(column_name) = '%s'".formatted(table, column)));
    }

    static String text(Connection connection, String query) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(query)) {
            if (!row.next()) {
                throw new SQLException("No row: " + query);
            }
            return String.valueOf(row.getString(1));
        }
    }
}
