// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.store;

import eu.nephele.smo.core.store.backup.TableCatalog;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import javax.sql.DataSource;

/** What a restore leaves behind that was ended before its end: half a database, which no server may take for a whole one. */
final class UnfinishedRestore {

    /** Below the directory of the embedded database: where the new one is filled. */
    static final String FOLDER = "restoring";

    private static final String WHAT_TO_DO =
            "A restore %s has not ended. While smo restore runs, this server waits for it; else run smo restore again, which begins anew";

    private UnfinishedRestore() {}

    /** @throws SQLException when there is one: who waits may find it ended later */
    static void refuse(Path embedded) throws SQLException {
        if (Files.exists(embedded.resolve(FOLDER))) {
            throw new SQLException(WHAT_TO_DO.formatted("into " + embedded));
        }
    }

    /** The same for PostgreSQL. */
    static void refuse(DataSource source) throws SQLException {
        try (Connection connection = source.getConnection()) {
            if (isIn(connection)) {
                throw new SQLException(WHAT_TO_DO.formatted("into this database"));
            }
        }
    }

    static boolean isIn(Connection connection) throws SQLException {
        return isTable(connection, TableCatalog.UNFINISHED);
    }

    /** In the schema in which this program makes its tables: a further one of the search path belongs to others. */
    static boolean isTable(Connection connection, String name) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(
                        "select to_regclass(quote_ident(current_schema()) || '.%s') is not null".formatted(name))) {
            return row.next() && row.getBoolean(1);
        }
    }
}
