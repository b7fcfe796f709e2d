// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.engine;

import eu.nephele.smo.core.store.Stores;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/** Stores on one database that is emptied between cases: making its schema takes longer than a case. */
final class ReusedStores implements AutoCloseable {

    private static final String TABLES = "select table_name from information_schema.tables"
            + " where table_schema = 'PUBLIC' and table_type = 'BASE TABLE'"
            + " and lower(table_name) not in ('flyway_schema_history', 'instance', 'event_counter')";

    private final String name = "cases-" + UUID.randomUUID();
    private final Stores stores;
    private final List<String> tables = new ArrayList<>();

    ReusedStores() throws SQLException {
        stores = Stores.inMemory(name);
        try (Connection connection = connect();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(TABLES)) {
            while (rows.next()) {
                tables.add(rows.getString(1));
            }
        }
    }

    /** The stores, empty. */
    Stores emptied() {
        try (Connection connection = connect();
                Statement statement = connection.createStatement()) {
            statement.execute("set referential_integrity false");
            for (String table : tables) {
                statement.execute("truncate table \"" + table + "\" restart identity");
            }
            statement.execute("set referential_integrity true");
            stores.forget();
        } catch (SQLException e) {
            throw new AssertionError("The database could not be emptied: " + e.getMessage(), e);
        }
        return stores;
    }

    private Connection connect() throws SQLException {
        return DriverManager.getConnection("jdbc:h2:mem:" + name + ";MODE=PostgreSQL", "sa", "");
    }

    @Override
    public void close() {
        stores.close();
    }
}
