// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.store;

import java.io.IOException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Set;
import javax.sql.DataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A database without the table of leases: a new one, or one of a version whose owner holds an advisory lock as long as it runs. The
 * tables are made under that lock.
 */
final class AdvisoryLockMigration {

    private static final Logger LOG = LoggerFactory.getLogger(AdvisoryLockMigration.class);

    private static final String LOCK = "select pg_try_advisory_lock(5459279, hashtext(coalesce(current_schema(), '')))";
    private static final String THERE = "select to_regclass('lease') is not null";
    private static final String LEASE = "V8__lease.sql";
    /** No such table, no such column. */
    private static final Set<String> MISSING = Set.of("42P01", "42703");

    private AdvisoryLockMigration() {}

    static boolean isWithoutLease(SQLException failure) {
        return MISSING.contains(String.valueOf(failure.getSQLState()));
    }

    /**
     * Creates the tables; also that of leases, where it was lost.
     *
     * @param lease how long the lease is not taken after its table was lost
     * @return false when a server of such a version works, or one is just creating them
     */
    static boolean migrate(DataSource source, Duration lease) throws SQLException, IOException {
        // the lock ends with the session
        try (Connection connection = source.getConnection();
                Statement statement = connection.createStatement()) {
            if (!isLocked(connection)) {
                return false;
            }
            SqlDialect dialect = SqlDialect.from(source);
            SchemaMigration.migrate(source, dialect);
            if (!isThere(statement)) {
                run(connection, statement, SchemaMigration.script(LEASE, dialect), lease);
                LOG.warn("lease table is missing; creating it again");
            }
            return true;
        }
    }

    /** Returns whether the session has the lock, which ends with it. */
    static boolean isLocked(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(LOCK)) {
            return row.next() && row.getBoolean(1);
        }
    }

    /** In one transaction: no server may see it as a new lease without a former owner. */
    private static void run(Connection connection, Statement statement, String script, Duration lease)
            throws SQLException {
        connection.setAutoCommit(false);
        statement.execute(script);
        LeaseRow.hold(connection, lease);
        connection.commit();
    }

    private static boolean isThere(Statement statement) throws SQLException {
        try (ResultSet row = statement.executeQuery(THERE)) {
            return row.next() && row.getBoolean(1);
        }
    }
}
