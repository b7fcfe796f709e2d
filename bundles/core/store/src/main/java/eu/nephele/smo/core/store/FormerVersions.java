// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.store;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Set;
import javax.sql.DataSource;

/**
 * A database without the table of leases: a new one, or one of a version whose owner holds an advisory lock as long as it runs. The
 * tables are made under that lock.
 */
final class FormerVersions {

    private static final String LOCK = "select pg_try_advisory_lock(5459279, hashtext(coalesce(current_schema(), '')))";
    /** No such table, no such column. */
    private static final Set<String> MISSING = Set.of("42P01", "42703");

    private FormerVersions() {}

    static boolean isWithoutLease(SQLException failure) {
        return MISSING.contains(String.valueOf(failure.getSQLState()));
    }

    /**
     * Makes the tables.
     *
     * @return false when a server of such a version works, or one is just making them
     */
    static boolean migrate(DataSource source) throws SQLException {
        // the lock goes with the session
        try (Connection connection = source.getConnection();
                Statement statement = connection.createStatement()) {
            try (ResultSet row = statement.executeQuery(LOCK)) {
                if (!row.next() || !row.getBoolean(1)) {
                    return false;
                }
            }
            Schema.migrate(source, Dialect.of(source));
            return true;
        }
    }
}
