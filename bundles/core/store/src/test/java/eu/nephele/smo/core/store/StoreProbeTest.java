// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.store;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariDataSource;
import eu.nephele.smo.core.contract.health.HealthProbe.ProbeResult;
import eu.nephele.smo.core.contract.store.TransactionalWrites;
import java.nio.file.Path;
import java.sql.Connection;
import java.time.Duration;
import org.eclipse.persistence.jpa.PersistenceProvider;
import org.h2.engine.SessionLocal;
import org.h2.jdbc.JdbcConnection;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The reported state of a database is true: also of one that has closed itself. */
class StoreProbeTest {

    @TempDir
    private Path directory;

    @Test
    void anEmbeddedDatabaseThatHasClosedItselfIsBrokenForGood() throws Exception {
        ConnectionPool pool = ConnectionPool.open(
                2, Duration.ofSeconds(2), false, config -> config.setJdbcUrl(EmbeddedUrl.url(directory) + ";USER=sa"));
        Database database = opened(pool);
        StoreProbe probe = new StoreProbe(database);
        assertThat(probe.probe()).isEqualTo(ProbeResult.well("the database answers"));
        assertThat(database.reachable()).isTrue();

        closeItself(pool.connections());

        assertThat(probe.probe().restart()).as(probe.probe().message()).isTrue();
        assertThat(database.reachable()).isFalse();
        database.close();
    }

    @Test
    void aPostgresqlThatIsAwayIsWaitedFor() throws Exception {
        String url = Postgres.newSchema() + "&stringtype=unspecified";
        ConnectionPool pool = ConnectionPool.open(2, Duration.ofSeconds(2), false, config -> config.setJdbcUrl(url));
        Database database = opened(pool);
        StoreProbe probe = new StoreProbe(database);
        assertThat(probe.probe().ok()).isTrue();

        pool.connections().close();

        assertThat(probe.probe().ok()).isFalse();
        assertThat(probe.probe().restart()).isFalse();
        database.close();
    }

    @Test
    void memoryThatRunsOutInATransactionLeavesNeitherConnectionNorLockBehind() throws Exception {
        ConnectionPool pool = ConnectionPool.open(
                2, Duration.ofSeconds(2), false, config -> config.setJdbcUrl(EmbeddedUrl.url(directory) + ";USER=sa"));
        try (Database database = opened(pool)) {
            JpaGraphStore graphs = new JpaGraphStore(database);
            graphs.insert(Samples.desired(Samples.graph("g")), TransactionalWrites.NOTHING);
            for (int i = 0; i < 5; i++) {
                try {
                    database.transactions().write("fail", entities -> {
                        GraphLock.take(entities, Samples.graph("g"));
                        throw new OutOfMemoryError("played");
                    });
                } catch (OutOfMemoryError played) {
                    assertThat(played).hasMessage("played");
                }
            }
            assertThat(pool.connections().getHikariPoolMXBean().getActiveConnections())
                    .isZero();
            graphs.release(Samples.graph("g"));
        }
    }

    private static Database opened(ConnectionPool pool) throws Exception {
        Database database = Database.openOrClose(
                pool,
                properties -> new PersistenceProvider().createEntityManagerFactory(Database.UNIT, properties),
                () -> {});
        assertThat(new JpaInstanceStore(database).instanceId()).isNotEmpty();
        return database;
    }

    /** As H2 does when it has no memory, or cannot write. */
    private static void closeItself(HikariDataSource connections) throws Exception {
        try (Connection connection = connections.getConnection()) {
            SessionLocal session =
                    (SessionLocal) connection.unwrap(JdbcConnection.class).getSession();
            session.getDatabase().getStore().getMvStore().closeImmediately();
        }
    }
}
