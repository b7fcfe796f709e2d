// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.store;

import eu.nephele.smo.core.contract.database.DatabaseLocation;
import eu.nephele.smo.core.contract.database.SchemaAdministrator.SchemaReport;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import javax.sql.DataSource;

/**
 * A database that is there, opened by a program that is no server. The lock of the data directory keeps servers out of the embedded one;
 * PostgreSQL is migrated by whoever owns it, as servers do.
 */
final class OfflineDatabase implements AutoCloseable {

    private static final int CONNECTIONS = 6;
    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(10);
    /** The same as of a server with the usual configuration. */
    private static final Duration LEASE = Duration.ofSeconds(5);

    private final ConnectionPool pool;
    private final Optional<DataDirectoryLock> lock;
    private final String place;
    private final SqlDialect dialect;

    private OfflineDatabase(ConnectionPool pool, Optional<DataDirectoryLock> lock, String place, SqlDialect dialect) {
        this.pool = pool;
        this.lock = lock;
        this.place = place;
        this.dialect = dialect;
    }

    /**
     * @throws IOException when there is none, or a server uses the embedded one
     * @throws SQLException when it does not answer, or a restore into it has not ended
     */
    static OfflineDatabase open(DatabaseLocation location) throws IOException, SQLException {
        return location.url().isPresent() ? postgres(location, location.url().get()) : embedded(location.data());
    }

    private static OfflineDatabase embedded(Path data) throws IOException, SQLException {
        Path directory = data.resolve("db");
        if (!Files.exists(directory.resolve(EmbeddedUrl.FILE))) {
            UnfinishedRestore.refuse(directory);
            throw new IOException(
                    "There is no database in %s: a server makes it when it starts there".formatted(directory));
        }
        DataDirectoryLock lock = DataDirectoryLock.take(data);
        try {
            UnfinishedRestore.refuse(directory);
            ConnectionPool pool = ConnectionPool.open(CONNECTIONS, CONNECT_TIMEOUT, true, config -> {
                config.setJdbcUrl(EmbeddedUrl.url(directory) + ";IFEXISTS=TRUE");
                config.setUsername("sa");
            });
            return new OfflineDatabase(pool, Optional.of(lock), directory.toString(), SqlDialect.H2);
        } catch (SQLException | RuntimeException e) {
            lock.close();
            throw e;
        }
    }

    private static OfflineDatabase postgres(DatabaseLocation location, String url) throws IOException, SQLException {
        ConnectionPool pool = PostgresPool.open(location, url, CONNECTIONS);
        try {
            UnfinishedRestore.refuse(pool.connections());
            return new OfflineDatabase(
                    pool, Optional.empty(), StoreSettings.withoutParameters(url), SqlDialect.from(pool.connections()));
        } catch (SQLException | RuntimeException e) {
            pool.release();
            throw e;
        }
    }

    SchemaReport examine() throws SQLException, IOException {
        return new SchemaExamination(source(), dialect).report(place);
    }

    /** @throws IOException when a server owns it, or is creating its tables; nothing was changed */
    void migrate(Consumer<String> progress) throws SQLException, IOException {
        if (dialect == SqlDialect.H2) {
            DiskSpace.require(Path.of(place));
            SchemaMigration.migrate(source(), dialect);
            return;
        }
        try (Connection locked = PostgresPool.locked(pool)) {
            if (UnfinishedRestore.isTable(locked, OwnerWatch.LEASE)) {
                migrateAsOwner(new OwnerWatch(locked, progress).requireNone());
            } else {
                SchemaMigration.migrate(source(), dialect);
            }
        }
    }

    /**
     * A server that starts meanwhile stands by.
     *
     * @param watched how long a lease that was not given back has been watched
     */
    private void migrateAsOwner(Duration watched) throws SQLException, IOException {
        OwnerCandidate here = OwnerCandidate.here(Optional.empty(), Optional.empty());
        try (Lease lease = new Lease(source(), here, LEASE, System::nanoTime, System::currentTimeMillis, () -> {})) {
            // it watches a lease of others once more, from its own first look
            long end = System.nanoTime() + LEASE.plus(watched).toNanos();
            while (!lease.seek()) {
                if (System.nanoTime() - end > 0) {
                    throw new IOException(
                            "A server has just become the owner of this database: %s. Stop it, then try again."
                                    .formatted(
                                            lease.owner().map(Object::toString).orElse("it says not which")));
                }
                pause(lease.pause());
            }
            SchemaMigration.migrate(source(), dialect);
        }
    }

    private static void pause(Duration time) throws IOException {
        try {
            TimeUnit.MILLISECONDS.sleep(time.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("Interrupted while the lease was awaited; nothing was changed", e);
        }
    }

    private DataSource source() {
        return pool.connections();
    }

    @Override
    public void close() throws SQLException, IOException {
        try {
            // shuts the embedded one down
            pool.close();
        } finally {
            if (lock.isPresent()) {
                lock.get().close();
            }
        }
    }
}
