// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.store;

import eu.nephele.smo.api.runtime.SmoException;
import eu.nephele.smo.api.runtime.Tenure;
import eu.nephele.smo.core.contract.owner.Owner;
import eu.nephele.smo.core.contract.owner.Ownership;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import javax.persistence.EntityManager;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One server at a time works on a PostgreSQL database: the one that renews its lease (ADR 0060). It measures the lease
 * by its own clocks from before the request, and stops a little before the lease ends. An owner that could not renew
 * continues when it can again and no other server has taken the lease; a lost lease is lost for good. Others stand by:
 * they read and do not write, and take a lease that was not renewed for its whole length by their own clock.
 */
final class Lease implements OwnershipFence, Tenure, Ownership, AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Lease.class);

    private static final int RENEWALS = 5;
    /** Inverse share of the lease that is left when the owner stops, for late threads and clocks of different speed. */
    private static final int MARGIN = 10;

    private static final Duration SOON = Duration.ofSeconds(1);

    /** The database notices within 20 s that the machine of a session is gone. */
    private static final String KEEPALIVE =
            "set tcp_keepalives_idle = 5; set tcp_keepalives_interval = 5; set tcp_keepalives_count = 3";

    /** A transaction that stalls ends by itself, also without a takeover. */
    private static final String TRANSACTIONS_END = KEEPALIVE + "; set idle_in_transaction_session_timeout = '30s'";

    private enum LeaseState {
        STANDBY,
        HELD,
        LOST
    }

    private final DataSource source;
    private final OwnerCandidate candidate;
    private final Duration length;
    private final Term term;
    private final Runnable lost;
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread thread = new Thread(task, "smo-store-lease");
        thread.setDaemon(true);
        return thread;
    });
    // guarded by this
    private final Sighting sighting;
    // guarded by this
    private @Nullable Connection session;
    // guarded by this: what is closed takes no new session
    private boolean closed;
    // guarded by this
    private long migrations = LeaseRow.NO_ROW;
    // guarded by this
    private boolean relied;
    // guarded by this
    private boolean saidLate;
    // guarded by this
    private boolean saidOver;
    // guarded by this
    private Future<?> renewals = CompletableFuture.completedFuture(null);
    private volatile LeaseState state = LeaseState.STANDBY;
    private volatile long epoch;
    private volatile Optional<Owner> owner = Optional.empty();
    private volatile Optional<Term.TermMoment> looked = Optional.empty();

    /**
     * @param source of connections of its own, which fail soon when the database does not answer
     * @param length of a lease
     * @param nanos as {@link System#nanoTime}
     * @param millis as {@link System#currentTimeMillis}
     * @param lost called once when another server has become the owner
     */
    Lease(
            DataSource source,
            OwnerCandidate candidate,
            Duration length,
            LongSupplier nanos,
            LongSupplier millis,
            Runnable lost) {
        this.source = source;
        this.candidate = candidate.leasing(length);
        this.length = length;
        this.term = new Term(nanos, millis);
        this.sighting = new Sighting(length, nanos);
        this.lost = lost;
    }

    String sessionSettings() {
        return TRANSACTIONS_END + "; set application_name = '" + candidate.id() + "'";
    }

    Duration length() {
        return length;
    }

    /** Shorter than usual when the lease of the owner ends before. */
    synchronized Duration pause() {
        Duration rest = sighting.rest();
        return rest.isZero() || rest.compareTo(every()) > 0 ? every() : rest.plusMillis(1);
    }

    private Duration every() {
        return length.dividedBy(RENEWALS);
    }

    /**
     * Takes it when it is free, or was not renewed for its whole length.
     *
     * @throws SQLException when the database does not answer, has no such table, or transactions of the former owner do not end
     */
    synchronized boolean seek() throws SQLException {
        if (state != LeaseState.STANDBY || closed) {
            return state == LeaseState.HELD;
        }
        try {
            Connection connection = session();
            Term.TermMoment asked = term.now();
            LeaseRow.SeenLease seen = LeaseRow.read(connection, candidate);
            looked = Optional.of(asked);
            owner = seen.owner();
            if (isChanged(seen.migrations())) {
                LOG.warn("owner of another version changed the tables of the database; this server restarts");
                state = LeaseState.LOST;
                timer.execute(lost);
                return false;
            }
            if ((sighting.isOver(seen) || seen.free()) && taken(connection, seen)) {
                owner = LeaseRow.read(connection, candidate).owner();
                return true;
            }
            return false;
        } catch (SQLException | RuntimeException e) {
            endSession();
            throw e;
        }
    }

    /** Returns whether the tables have changed, which ends a server that has read them before. */
    private boolean isChanged(long now) {
        long before = migrations;
        migrations = now;
        return relied && now != LeaseRow.NO_ROW && before != now;
    }

    /** From now on the tables are read as they are. */
    synchronized void rely() {
        relied = true;
    }

    /** Returns whether the table of leases existed when it was read. */
    synchronized boolean isKnown() {
        return migrations != LeaseRow.NO_ROW;
    }

    private boolean taken(Connection connection, LeaseRow.SeenLease seen) throws SQLException {
        Term.TermMoment asked = term.now();
        OptionalLong raised = LeaseRow.take(connection, candidate, length, seen);
        if (raised.isEmpty()) {
            return false;
        }
        epoch = raised.getAsLong();
        extend(asked);
        state = LeaseState.HELD;
        long every = every().toMillis();
        renewals = timer.scheduleAtFixedRate(this::renew, every, every, TimeUnit.MILLISECONDS);
        LOG.info("this server owns the database from now on, epoch={}", epoch);
        return true;
    }

    private void extend(Term.TermMoment asked) {
        term.lasts(asked, length.minus(length.dividedBy(MARGIN)));
    }

    private void renew() {
        if (!mayGoOn()) {
            timer.shutdown();
            // not while this is locked: it ends the process, which closes this
            lost.run();
        }
    }

    /** @return false when another server has taken it for good */
    private synchronized boolean mayGoOn() {
        if (closed || state != LeaseState.HELD) {
            return true;
        }
        boolean late = isOver();
        try {
            Connection connection = session();
            Term.TermMoment asked = term.now();
            if (!LeaseRow.renew(connection, candidate, epoch, length)) {
                state = LeaseState.LOST;
                owner = LeaseRow.read(connection, candidate).owner();
                LOG.error(
                        "lease lost to another server owner=\"{}\"; this server exits",
                        owner.map(Owner::toString).orElse("no owner is stored"));
                return false;
            }
            extend(asked);
            saidLate = false;
            saidOver = false;
            if (late) {
                LOG.info("lease renewed again; no other server held it meanwhile");
            }
        } catch (SQLException | RuntimeException e) {
            endSession();
            if (e instanceof SQLException gone && AdvisoryLockMigration.isWithoutLease(gone)) {
                state = LeaseState.LOST;
                LOG.error("lease table is missing; this server exits and creates the table at the restart");
            }
            if (state == LeaseState.LOST) {
                return false;
            }
            log(e);
        }
        return true;
    }

    /** Once when it begins and once when the lease is over: a database may be unavailable for hours. */
    private void log(Exception failure) {
        boolean over = isOver();
        if (over ? !saidOver : !saidLate) {
            LOG.warn(
                    "renewing lease failed; {} reason=\"{}\"",
                    over ? "the lease is over, no work is done until it is renewed" : left().toMillis() + " ms left",
                    failure.getMessage());
        }
        saidLate = true;
        saidOver = over;
    }

    private boolean isOver() {
        return term.left().isZero();
    }

    // guarded by this
    private Connection session() throws SQLException {
        Connection present = session;
        if (present == null) {
            present = source.getConnection();
            session = present;
            present.setAutoCommit(true);
            try (Statement statement = present.createStatement()) {
                statement.execute(KEEPALIVE);
            }
        }
        return present;
    }

    // guarded by this
    private void endSession() {
        Connection present = session;
        session = null;
        if (present != null) {
            try {
                present.close();
            } catch (SQLException e) {
                LOG.debug("closing broken session failed", e);
            }
        }
    }

    @Override
    public boolean owns() {
        return state != LeaseState.STANDBY;
    }

    @Override
    public void require() {
        if (state != LeaseState.STANDBY && (state == LeaseState.LOST || isOver())) {
            throw unavailable("The database may belong to another server: %s. Nothing was changed; try again"
                    .formatted(state == LeaseState.LOST ? "another server has taken it" : "its lease is not renewed"));
        }
    }

    @Override
    public void require(EntityManager transaction) {
        if (state == LeaseState.STANDBY) {
            throw unavailable("This server stands by: only the owner of the database changes it, %s"
                    .formatted(owner.map(Owner::toString).orElse("which is unknown now")));
        }
        require();
        List<Object> now = new Sql(transaction).values(LeaseRow.FENCED_EPOCH);
        if (now.isEmpty() || ((Number) now.get(0)).longValue() != epoch) {
            term.end();
            throw unavailable(
                    "The database may belong to another server: another server has taken it. Nothing was changed; try"
                            + " again");
        }
    }

    private static SmoException unavailable(String why) {
        return SmoException.of(SmoException.Kind.UNAVAILABLE, "database", why, Optional.of(SOON));
    }

    @Override
    public String holder() {
        return candidate.id();
    }

    @Override
    public long epoch() {
        return epoch;
    }

    @Override
    public Duration left() {
        return state == LeaseState.HELD ? term.left() : Duration.ZERO;
    }

    @Override
    public Role role() {
        return state == LeaseState.HELD ? Role.OWNER : Role.STANDBY;
    }

    @Override
    public Optional<Owner> owner() {
        return owner;
    }

    @Override
    public Optional<Duration> sinceLook() {
        return looked.map(at -> Duration.ofNanos(term.now().nanos() - at.nanos()));
    }

    @Override
    public void close() {
        timer.shutdownNow();
        end();
    }

    /** Waits for a running poll. Releases the lease, so that the next owner need not wait for its end. */
    private synchronized void end() {
        closed = true;
        renewals.cancel(false);
        term.end();
        if (state == LeaseState.HELD) {
            try {
                LeaseRow.release(session(), candidate);
            } catch (SQLException | RuntimeException e) {
                LOG.info("releasing lease failed reason=\"{}\"; it expires by itself", e.getMessage());
            }
        }
        endSession();
    }
}
