// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.store;

import eu.nephele.smo.api.runtime.SmoException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import javax.persistence.EntityManager;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One server at a time works on a PostgreSQL database: who holds an advisory lock of the schema, in a session of its own. The lock
 * goes with the process. A session that breaks while the process lives is made again; nothing is read or written until then, and
 * when another server was the owner in between, this one has lost the database for good.
 */
final class Ownership implements Fence, AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Ownership.class);

    private static final String LOCK = "select pg_try_advisory_lock(5459279, hashtext(coalesce(current_schema(), '')))";
    private static final String TAKE = "insert into owner (id, epoch, host, process, since) values (1, 1, ?, ?, now())"
            + " on conflict (id) do update set epoch = owner.epoch + 1, host = excluded.host,"
            + " process = excluded.process, since = excluded.since returning epoch";
    private static final String EPOCH = "select epoch from owner where id = 1";
    /** Keeps a successor from writing its epoch down until the transaction has ended. */
    private static final String FENCED_EPOCH = EPOCH + " for share";

    private static final String OWNER =
            "select 'process ' || process || ' on ' || host || ', since ' || since from owner where id = 1";

    /** The database notices within 20 s that the machine of a session is gone. */
    private static final String KEEPALIVE =
            "set tcp_keepalives_idle = 5; set tcp_keepalives_interval = 5; set tcp_keepalives_count = 3";

    /** For each connection that transactions use: one that stalls ends, and does not keep a successor out for ever. */
    static final String TRANSACTIONS_END = KEEPALIVE + "; set idle_in_transaction_session_timeout = '30s'";

    /** How long a transaction of the former owner is waited for in one attempt. */
    private static final String LOCK_TIMEOUT = "set lock_timeout = '3s'";

    private static final String LOCK_NOT_AVAILABLE = "55P03";

    /** How often the session is looked at. */
    private static final Duration LOOK = Duration.ofSeconds(1);

    private static final int VALID_WITHIN_SECONDS = 2;

    private final DataSource source;
    private final Runnable lost;
    private final ScheduledExecutorService watch = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread thread = new Thread(task, "smo-store-owner");
        thread.setDaemon(true);
        return thread;
    });
    private @Nullable ScheduledFuture<?> looks;
    // guarded by this
    private Connection session;
    // guarded by this: what is closed takes no new session
    private boolean closed;
    private volatile long epoch;
    private volatile boolean held = true;

    private Ownership(DataSource source, Runnable lost, Connection session) {
        this.source = source;
        this.lost = lost;
        this.session = session;
    }

    /**
     * Takes the database, whatever state its tables are in.
     *
     * @param source of connections that belong to nobody else
     * @param lost told once when another server has become the owner
     * @throws OwnedElsewhereException when another server is there
     * @throws SQLException when the database does not answer
     */
    static Ownership take(DataSource source, Runnable lost) throws SQLException {
        return new Ownership(source, lost, lock(source));
    }

    /**
     * The tables are there: from now on the owner is written down, and the session is watched. No transaction of a former owner
     * is open then, nor can one be begun.
     *
     * @throws SQLException also when a transaction of a former owner is still open
     */
    synchronized void begin() throws SQLException {
        try (PreparedStatement statement = session.prepareStatement(TAKE)) {
            statement.setString(1, host());
            statement.setLong(2, ProcessHandle.current().pid());
            try (ResultSet row = statement.executeQuery()) {
                row.next();
                epoch = row.getLong(1);
            }
        } catch (SQLException e) {
            throw LOCK_NOT_AVAILABLE.equals(e.getSQLState())
                    ? new SQLException("A transaction of the former owner is still open, and is waited for", e)
                    : e;
        }
        looks = watch.scheduleWithFixedDelay(this::look, LOOK.toMillis(), LOOK.toMillis(), TimeUnit.MILLISECONDS);
    }

    @Override
    public void require() {
        if (!held) {
            throw refused("the session that keeps other servers out is broken and not made again yet");
        }
    }

    @Override
    public void require(EntityManager transaction) {
        require();
        Object now = new Sql(transaction).values(FENCED_EPOCH).get(0);
        if (((Number) now).longValue() != epoch) {
            held = false;
            throw refused("another server has taken it");
        }
    }

    private static SmoException refused(String why) {
        return SmoException.of(
                SmoException.Kind.UNAVAILABLE,
                "database",
                "The database may belong to another server: %s. Nothing was changed; try again.".formatted(why),
                Optional.of(LOOK));
    }

    private void look() {
        if (!mayGoOn()) {
            watch.shutdown();
            // not while this is locked: it ends the process, which closes this
            lost.run();
        }
    }

    /** @return false when another server has taken the database for good */
    private synchronized boolean mayGoOn() {
        try {
            return closed || (held && session.isValid(VALID_WITHIN_SECONDS)) || regain();
        } catch (SQLException | RuntimeException e) {
            LOG.debug("The database cannot be taken again now", e);
            return true;
        }
    }

    /** @return false when another server has taken the database for good */
    private boolean regain() throws SQLException {
        if (held) {
            held = false;
            LOG.warn(
                    "the session that keeps other servers from the database is broken; nothing is done until it is back");
        }
        close(session);
        try {
            session = lock(source);
        } catch (OwnedElsewhereException e) {
            // It may be our own former session, which the database has not given up yet.
            return isOurs(source) || lostTo(String.valueOf(e.getMessage()));
        }
        if (!read(session, EPOCH).equals(OptionalLong.of(epoch))) {
            return lostTo("Another server has worked on the database meanwhile.");
        }
        held = true;
        LOG.info("the database is taken again; no other server was there meanwhile");
        return true;
    }

    private static boolean lostTo(String why) {
        LOG.error("the database is lost to another server, this one has to end: {}", why);
        return false;
    }

    private boolean isOurs(DataSource database) throws SQLException {
        try (Connection connection = database.getConnection()) {
            return read(connection, EPOCH).equals(OptionalLong.of(epoch));
        }
    }

    @Override
    public void close() {
        ScheduledFuture<?> looking = looks;
        if (looking != null) {
            looking.cancel(false);
        }
        watch.shutdownNow();
        end();
    }

    /** Waits for a look that is on its way, whose session would keep the lock. */
    private synchronized void end() {
        closed = true;
        close(session);
    }

    private static void close(Connection connection) {
        try {
            connection.close();
        } catch (SQLException e) {
            LOG.debug("A broken session could not be closed", e);
        }
    }

    private static Connection lock(DataSource source) throws SQLException {
        Connection connection = source.getConnection();
        try {
            connection.setAutoCommit(true);
            if (!isLocked(connection)) {
                throw new OwnedElsewhereException(owner(connection));
            }
            return connection;
        } catch (SQLException | RuntimeException e) {
            close(connection);
            throw e;
        }
    }

    private static boolean isLocked(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(KEEPALIVE);
            statement.execute(LOCK_TIMEOUT);
            try (ResultSet row = statement.executeQuery(LOCK)) {
                return row.next() && row.getBoolean(1);
            }
        }
    }

    private static String owner(Connection connection) {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(OWNER)) {
            return row.next() ? row.getString(1) : "one that is just starting";
        } catch (SQLException noTableYet) {
            LOG.debug("The owner is not written down yet", noTableYet);
            return "one that is just starting";
        }
    }

    private static OptionalLong read(Connection connection, String query) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(query)) {
            return row.next() ? OptionalLong.of(row.getLong(1)) : OptionalLong.empty();
        }
    }

    private static String host() {
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException e) {
            return "a host without a name";
        }
    }
}
