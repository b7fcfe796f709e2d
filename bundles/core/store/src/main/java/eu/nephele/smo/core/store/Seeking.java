// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.store;

import java.io.IOException;
import java.sql.SQLException;
import javax.sql.DataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Looks at a lease until it is held, at a start and while this server stands by. Of one thread. */
final class Seeking {

    private static final Logger LOG = LoggerFactory.getLogger(Seeking.class);

    private final Lease lease;
    private final DatabaseConnector connector;
    private boolean blind;

    Seeking(Lease lease, DatabaseConnector connector) {
        this.lease = lease;
        this.connector = connector;
    }

    /**
     * Checks the tables first: a server that cannot read them must not take the database from those that can.
     *
     * @throws SchemaTooNewException when a newer program wrote the database
     */
    boolean start() throws SQLException, IOException {
        DataSource source = connector.migrationSource();
        SchemaMigration.requireNotNewer(source, SqlDialect.from(source));
        return seek();
    }

    /** The reason of a failure is logged once when it begins: a database may be unavailable for hours. */
    boolean standingBy() {
        try {
            boolean held = seek();
            if (blind) {
                blind = false;
                LOG.info("reading the owner of the database succeeded again");
            }
            return held;
        } catch (SQLException | IOException | RuntimeException e) {
            if (!blind) {
                blind = true;
                LOG.warn("reading the owner of the database failed reason=\"{}\"; retrying", e.getMessage());
            }
            return false;
        }
    }

    /** A table of leases that is not there is made: by a start, or because it was lost while no owner runs who would notice. */
    private boolean seek() throws SQLException, IOException {
        // each time: a restore may have begun since this server has opened the database
        UnfinishedRestore.refuse(connector.migrationSource());
        try {
            return lease.seek();
        } catch (SQLException e) {
            if (!AdvisoryLockMigration.isWithoutLease(e)) {
                throw e;
            }
            return AdvisoryLockMigration.migrate(connector.migrationSource(), lease.length()) && lease.seek();
        }
    }
}
