// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.store;

import com.zaxxer.hikari.HikariPoolMXBean;
import eu.nephele.smo.api.runtime.SmoException;
import eu.nephele.smo.core.contract.event.CommitListener;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.Function;
import javax.persistence.EntityManagerFactory;
import javax.sql.DataSource;
import org.eclipse.persistence.sessions.server.ServerSession;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** An open database with the tables of this version. The stores work on it. */
final class Database implements AutoCloseable {

    static final String UNIT = "smo";

    private static final Logger LOG = LoggerFactory.getLogger(Database.class);
    private static final int ANSWER_WITHIN_SECONDS = 2;

    private final DataSource dataSource;
    private final EntityManagerFactory factory;
    private final AutoCloseable pool;
    private final Transactions transactions;
    private final Outbox outbox;
    private final Optional<Compaction> compaction;
    private final OwnershipFence fence;
    private final boolean embedded;
    // H2 does not lock the row that a foreign key points to, so pruning keeps out those who refer to a snapshot.
    private final ReadWriteLock snapshots = new ReentrantReadWriteLock();
    private final ReservedSums reserved;
    private final RecordCache records;
    private final ProjectQuotas quotas;

    private Database(
            DataSource dataSource,
            EntityManagerFactory factory,
            AutoCloseable pool,
            SqlDialect dialect,
            CommitListener publisher,
            OwnershipFence fence)
            throws SQLException {
        Optional<GroupCommitWriter> writers = dialect.writers();
        this.compaction = writers.isPresent() ? Compaction.create(dataSource, writers.get()) : Optional.empty();
        this.fence = fence;
        this.reserved = new ReservedSums(fence::owns);
        this.quotas = new ProjectQuotas(fence::owns);
        this.records = new RecordCache(RecordCache.MOST_BYTES, RecordCache.MOST_OUTLINE_BYTES, fence::owns);
        this.embedded = dialect == SqlDialect.H2;
        this.dataSource = dataSource;
        this.factory = factory;
        this.pool = pool;
        this.transactions = new Transactions(factory, writers, publisher, fence);
        this.outbox = new Outbox(transactions);
    }

    /**
     * @param pool closed at the end
     * @throws SchemaTooNewException when a newer program wrote the database
     * @throws IllegalArgumentException when it is a database of a kind or mode that does not work
     */
    static Database open(
            DataSource dataSource,
            AutoCloseable pool,
            Function<Map<String, Object>, EntityManagerFactory> factories,
            CommitListener publisher)
            throws SQLException {
        SqlDialect dialect = SqlDialect.from(dataSource);
        SchemaMigration.migrate(dataSource, dialect);
        return open(dataSource, pool, factories, publisher, dialect, OwnershipFence.NONE);
    }

    private static Database open(
            DataSource dataSource,
            AutoCloseable pool,
            Function<Map<String, Object>, EntityManagerFactory> factories,
            CommitListener publisher,
            SqlDialect dialect,
            OwnershipFence fence)
            throws SQLException {
        EntityManagerFactory factory = factories.apply(Map.of(
                "javax.persistence.nonJtaDataSource",
                dataSource,
                "javax.persistence.transactionType",
                "RESOURCE_LOCAL"));
        return new Database(dataSource, factory, pool, dialect, publisher, fence);
    }

    /** Opens a database on a pool; when that fails, the pool is closed. Throws as {@link #open}. */
    static Database openOrClose(
            ConnectionPool pool,
            Function<Map<String, Object>, EntityManagerFactory> factories,
            CommitListener publisher)
            throws SQLException {
        try {
            return open(pool.connections(), pool, factories, publisher);
        } catch (SQLException | RuntimeException e) {
            release(pool);
            throw e;
        }
    }

    /** As {@link #open}, for several servers: the owner brings the tables to this version, a standby finds them so. */
    static Database openShared(
            ConnectionPool pool,
            Function<Map<String, Object>, EntityManagerFactory> factories,
            CommitListener publisher,
            OwnershipFence fence)
            throws SQLException {
        try {
            SqlDialect dialect = SqlDialect.from(pool.connections());
            if (fence.owns()) {
                SchemaMigration.migrate(pool.connections(), dialect);
            }
            return open(pool.connections(), pool, factories, publisher, dialect, fence);
        } catch (SQLException | RuntimeException e) {
            release(pool);
            throw e;
        }
    }

    private static void release(ConnectionPool pool) {
        try {
            pool.release();
        } catch (SQLException e) {
            LOG.debug("closing connection failed; the database was not opened", e);
        }
    }

    /** Connections beside those of entity managers. */
    DataSource connections() {
        return dataSource;
    }

    Transactions transactions() {
        return transactions;
    }

    Outbox outbox() {
        return outbox;
    }

    ReservedSums reserved() {
        return reserved;
    }

    ProjectQuotas quotas() {
        return quotas;
    }

    RecordCache records() {
        return records;
    }

    /** Drops all caches, because another process has changed the database. */
    void forget() {
        reserved.forget();
        quotas.forget();
        records.forget();
    }

    /** Shared by those who store decisions, exclusive for those who remove snapshots. */
    ReadWriteLock snapshots() {
        return snapshots;
    }

    /** Returns how many statements entity managers have sent to it since it was opened; a batch counts as one. */
    long statements() {
        return ((StatementCounter) factory.unwrap(ServerSession.class).getProfiler()).statements();
    }

    /** Returns the state of its connections; empty for those of another kind, and before the first one. */
    Optional<HikariPoolMXBean> pool() {
        return pool instanceof ConnectionPool connections
                ? Optional.ofNullable(connections.connections().getHikariPoolMXBean())
                : Optional.empty();
    }

    boolean reachable() {
        try {
            ask();
            return true;
        } catch (SQLException e) {
            LOG.debug("database does not answer", e);
            return false;
        }
    }

    /**
     * Reads a row. A validity check of a connection is not enough: H2's pass after their database has closed itself.
     *
     * @throws SQLException the database does not answer, or is not known to be owned by this server
     */
    void ask() throws SQLException {
        try {
            fence.require();
        } catch (SmoException e) {
            throw new SQLException(e.getMessage(), e);
        }
        try (Connection connection = dataSource.getConnection();
                Statement statement = connection.createStatement()) {
            statement.setQueryTimeout(ANSWER_WITHIN_SECONDS);
            try (ResultSet row = statement.executeQuery("select instance_id from instance where id = 1")) {
                row.next();
            }
        }
    }

    boolean isEmbedded() {
        return embedded;
    }

    @Override
    public void close() {
        if (factory.isOpen()) {
            factory.close();
        }
        compaction.ifPresent(Compaction::close);
        try {
            pool.close();
        } catch (Exception e) {
            LOG.warn("closing database connections failed; the store closes anyway", e);
        }
    }
}
