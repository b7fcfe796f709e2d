// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.store;

import eu.nephele.smo.core.contract.owner.Owner;
import java.net.URI;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Ownership of the database in the tables {@code owner} and {@code lease} of PostgreSQL. The end of a lease is not in its row:
 * former versions used {@code expires_at}, and find it as they expect it. This version reads only one value of it, that of a
 * free lease.
 */
final class LeaseRow {

    /** As a new table has it. */
    private static final String NOBODYS = "timestamp with time zone '1970-01-01 00:00:00+00'";

    /** {@code xmin} is another one after each change of the row, whatever the clock of the database says. */
    private static final String SEEN = "select l.holder, o.host, o.process, l.address, o.epoch, o.since,"
            + " l.expires_at = " + NOBODYS + " or l.server = ?,"
            + " (select count(*) from flyway_schema_history), l.xmin::text"
            + " from lease l join owner o on o.id = l.id where l.id = 1";

    /** Of several candidates one goes on, and none when the lease was renewed since it was seen. */
    private static final String LOCKED = "select holder from lease where id = 1 and (xmin::text = ? or server = ?)"
            // what a restore has not ended belongs to nobody
            + " and to_regclass(quote_ident(current_schema()) || '.smo_restore') is null for update";

    /** Transactions of the former owner: of a process that stands still, or behind a connection that is cut. */
    private static final String END_SESSIONS = "select count(pg_terminate_backend(pid)) from pg_stat_activity"
            + " where application_name = ? and application_name <> '' and usename = current_user"
            + " and pid <> pg_backend_pid()";

    /** Waits for the transactions that keep the row (see {@link #FENCED_EPOCH}). */
    private static final String RAISE = "update owner set epoch = epoch + 1, host = ?, process = ?,"
            + " since = clock_timestamp() where id = 1 returning epoch";

    private static final String UNTIL = "clock_timestamp() + ? * interval '1 millisecond'";
    private static final String TAKE =
            "update lease set holder = ?, server = ?, address = ?, expires_at = " + UNTIL + " where id = 1";
    /** Not when the row of the epoch was deleted or is another one's: nothing could be committed for the rest of time. */
    private static final String RENEW = "update lease set expires_at = " + UNTIL
            + " where id = 1 and holder = ? and exists (select 1 from owner where id = 1 and epoch = ?)";

    private static final String HOLD = "update lease set expires_at = " + UNTIL + " where id = 1";
    /** The holder stays: its successor ends what it may have left open. */
    private static final String RELEASE = "update lease set expires_at = " + NOBODYS + " where id = 1 and holder = ?";

    /** Rows that were deleted, and whose owner may still work; an epoch by the clock is above all that there were. */
    private static final String MEND_LEASE = "insert into lease (id, holder, server, address, expires_at)"
            + " values (1, '', '', '', clock_timestamp()) on conflict do nothing";

    private static final String MEND_OWNER = "insert into owner (id, epoch, host, process, since) values (1,"
            + " extract(epoch from clock_timestamp())::bigint, '', 0, clock_timestamp()) on conflict do nothing";

    private static final int END_WITHIN_SECONDS = 1;

    /** Number of migrations when there was no row. */
    static final long NO_ROW = -1;

    /** Keeps a successor from raising the epoch until the transaction has ended. */
    static final String FENCED_EPOCH = "select epoch from owner where id = 1 for share";

    /**
     * @param owner the owner; empty when there never was one
     * @param free whether the lease was released, never had an owner, or is of a former process of the candidate
     * @param version another one after each renewal; empty when there was no row
     */
    record SeenLease(Optional<Owner> owner, boolean free, String version, long migrations) {

        /** Returns the length of a lease of the owner; empty when it is not stored. */
        Optional<Duration> length() {
            return owner.flatMap(it -> OwnerCandidate.lease(it.id()));
        }
    }

    private LeaseRow() {}

    /** @throws SQLException also when the tables are not there, see {@link AdvisoryLockMigration#isWithoutLease} */
    static SeenLease read(Connection connection, OwnerCandidate candidate) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(SEEN)) {
            statement.setString(1, candidate.server());
            try (ResultSet row = statement.executeQuery()) {
                if (!row.next()) {
                    mend(connection);
                    return new SeenLease(Optional.empty(), false, "", NO_ROW);
                }
                Optional<Owner> owner = row.getString(1).isEmpty() ? Optional.empty() : Optional.of(owner(row));
                return new SeenLease(owner, row.getBoolean(7), row.getString(9), row.getLong(8));
            }
        }
    }

    private static Owner owner(ResultSet row) throws SQLException {
        String address = row.getString(4);
        Instant since = row.getObject(6, OffsetDateTime.class).toInstant();
        return new Owner(
                row.getString(1),
                row.getString(2),
                row.getLong(3),
                address.isEmpty() ? Optional.empty() : Optional.of(URI.create(address)),
                row.getLong(5),
                since);
    }

    private static void mend(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.executeUpdate(MEND_LEASE);
            statement.executeUpdate(MEND_OWNER);
        }
    }

    /**
     * A table that was lost does not show the holder of the lease: it is created again with an unknown holder, and no
     * server takes it before a lease that was renewed a moment ago would have ended.
     */
    static void hold(Connection connection, Duration lease) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(HOLD)) {
            statement.setLong(1, lease.toMillis());
            statement.executeUpdate();
        }
    }

    /**
     * Takes a lease that is free or over, and ends what the former owner has open.
     *
     * @return the epoch; empty when another candidate was quicker, or the former owner has renewed it
     * @throws SQLException also when transactions of the former owner do not end
     */
    static OptionalLong take(Connection connection, OwnerCandidate candidate, Duration lease, SeenLease seen)
            throws SQLException {
        connection.setAutoCommit(false);
        try {
            OptionalLong epoch = raised(connection, candidate, seen);
            if (epoch.isPresent()) {
                try (PreparedStatement statement = connection.prepareStatement(TAKE)) {
                    statement.setString(1, candidate.id());
                    statement.setString(2, candidate.server());
                    statement.setString(
                            3, candidate.address().map(URI::toString).orElse(""));
                    statement.setLong(4, lease.toMillis());
                    statement.executeUpdate();
                }
            }
            connection.commit();
            return epoch;
        } catch (SQLException | RuntimeException e) {
            connection.rollback();
            throw e;
        } finally {
            connection.setAutoCommit(true);
        }
    }

    private static OptionalLong raised(Connection connection, OwnerCandidate candidate, SeenLease seen)
            throws SQLException {
        try (PreparedStatement locked = connection.prepareStatement(LOCKED)) {
            locked.setString(1, seen.version());
            locked.setString(2, candidate.server());
            try (ResultSet row = locked.executeQuery()) {
                if (!row.next()) {
                    return OptionalLong.empty();
                }
                endSessions(connection, row.getString(1));
            }
        }
        try (PreparedStatement raise = connection.prepareStatement(RAISE)) {
            raise.setQueryTimeout(END_WITHIN_SECONDS);
            raise.setString(1, candidate.host());
            raise.setLong(2, candidate.process());
            try (ResultSet row = raise.executeQuery()) {
                return row.next() ? OptionalLong.of(row.getLong(1)) : OptionalLong.empty();
            }
        }
    }

    private static void endSessions(Connection connection, String holder) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(END_SESSIONS)) {
            statement.setString(1, holder);
            statement.executeQuery().close();
        }
    }

    /** @return false when another server has taken it, or its row is missing */
    static boolean renew(Connection connection, OwnerCandidate holder, long epoch, Duration lease) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(RENEW)) {
            statement.setLong(1, lease.toMillis());
            statement.setString(2, holder.id());
            statement.setLong(3, epoch);
            return statement.executeUpdate() == 1;
        }
    }

    /** The next owner need not wait. */
    static void release(Connection connection, OwnerCandidate holder) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(RELEASE)) {
            statement.setString(1, holder.id());
            statement.executeUpdate();
        }
    }
}
