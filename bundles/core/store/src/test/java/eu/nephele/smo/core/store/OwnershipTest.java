// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.zaxxer.hikari.HikariConfig;
import eu.nephele.smo.api.runtime.SmoException;
import eu.nephele.smo.core.contract.store.Alongside;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import javax.sql.DataSource;
import org.eclipse.persistence.jpa.PersistenceProvider;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.postgresql.ds.PGSimpleDataSource;

/** Two servers do not work on one PostgreSQL database (F-67). */
class OwnershipTest {

    private static final Duration WITHIN = Duration.ofSeconds(30);

    private String url = "";
    private DataSource source = new PGSimpleDataSource();
    private final CountDownLatch lost = new CountDownLatch(1);
    private Optional<Database> first = Optional.empty();

    @BeforeEach
    void server() throws SQLException {
        url = Postgres.newSchema() + "&stringtype=unspecified";
        PGSimpleDataSource postgres = new PGSimpleDataSource();
        postgres.setUrl(url);
        source = postgres;
        first = Optional.of(opened(Ownership.take(source, lost::countDown)));
    }

    @AfterEach
    void end() {
        first.ifPresent(Database::close);
    }

    @Test
    void aSecondServerIsRefusedAndToldWhoTheOwnerIs() {
        assertThatThrownBy(() -> Ownership.take(source, () -> {}))
                .isInstanceOf(OwnedElsewhereException.class)
                .hasMessageMatching("The database belongs to another server: process "
                        + ProcessHandle.current().pid() + " on .+, since 20.+")
                .hasMessageContaining("Stop that one, or give this one a database of its own");
    }

    @Test
    void anotherSchemaOfTheSameDatabaseIsAnotherDatabase() throws SQLException {
        PGSimpleDataSource other = new PGSimpleDataSource();
        other.setUrl(Postgres.newSchema());
        Ownership.take(other, () -> {}).close();
    }

    @Test
    void theNextServerTakesItWhenTheFirstHasEnded() throws SQLException {
        first.orElseThrow().close();
        // the database gives the lock up when its side of the session has ended, too
        await(() -> ownerSessions() == 0);
        try (Database next = opened(Ownership.take(source, () -> {}))) {
            store(next, "g");
        }
    }

    @Test
    void aSessionThatBreaksIsMadeAgainAndWorkGoesOn() {
        terminateOwner();
        await(() -> {
            try {
                store(first.orElseThrow(), "g");
                return ownerSessions() == 1;
            } catch (SmoException e) {
                assertThat(e.kind()).isEqualTo(SmoException.Kind.UNAVAILABLE);
                return false;
            }
        });
        assertThat(lost.getCount()).isEqualTo(1);
    }

    @Test
    void aServerThatHasLostTheDatabaseToAnotherOneReadsAndWritesNothingAnyMore() throws Exception {
        try (Database second = opened(takenAway())) {
            assertThatThrownBy(() -> store(first.orElseThrow(), "mine"))
                    .isInstanceOfSatisfying(
                            SmoException.class, e -> assertThat(e.kind()).isEqualTo(SmoException.Kind.UNAVAILABLE))
                    .hasMessageContaining("may belong to another server");
            assertThat(lost.await(WITHIN.toSeconds(), TimeUnit.SECONDS)).isTrue();
            assertThatThrownBy(() -> new JpaGraphStore(first.orElseThrow()).ids())
                    .hasMessageContaining("may belong to another server");
            store(second, "theirs");
            assertThat(new JpaGraphStore(second).ids()).hasSize(1);
        }
    }

    @Test
    void aTransactionThatIsOpenOverATakeoverEndsBeforeIt() throws Exception {
        CountDownLatch isOpen = new CountDownLatch(1);
        CountDownLatch mayEnd = new CountDownLatch(1);
        ExecutorService stalled = Executors.newSingleThreadExecutor();
        try {
            Future<Object> write =
                    stalled.submit(() -> first.orElseThrow().transactions().write("store a thing slowly", entities -> {
                        isOpen.countDown();
                        awaitEnd(mayEnd);
                        return new Sql(entities).update("update owner set host = 'of the former owner'");
                    }));
            assertThat(isOpen.await(WITHIN.toSeconds(), TimeUnit.SECONDS)).isTrue();
            Ownership second = takenAway();
            assertThatThrownBy(second::begin)
                    .isInstanceOf(SQLException.class)
                    .hasMessage("A transaction of the former owner is still open, and is waited for");

            mayEnd.countDown();
            write.get(WITHIN.toSeconds(), TimeUnit.SECONDS);
            try (Database next = opened(second)) {
                store(next, "theirs");
                assertThat(number("select count(*) from owner where host = 'of the former owner'"))
                        .isZero();
            }
        } finally {
            mayEnd.countDown();
            stalled.shutdown();
        }
    }

    private static void awaitEnd(CountDownLatch latch) {
        try {
            assertThat(latch.await(WITHIN.toSeconds(), TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The first server may take it again before: then its session breaks once more. */
    private Ownership takenAway() throws SQLException {
        long end = System.nanoTime() + WITHIN.toNanos();
        while (true) {
            terminateOwner();
            try {
                return Ownership.take(source, () -> {});
            } catch (OwnedElsewhereException e) {
                if (System.nanoTime() > end) {
                    throw e;
                }
            }
        }
    }

    private Database opened(Ownership ownership) throws SQLException {
        Pool pool = Pool.open(4, Duration.ofSeconds(10), false, (HikariConfig config) -> {
            config.setJdbcUrl(url);
            config.setConnectionInitSql(Ownership.TRANSACTIONS_END);
        });
        return Database.openOrClose(
                pool,
                properties -> new PersistenceProvider().createEntityManagerFactory(Database.UNIT, properties),
                () -> {},
                Optional.of(ownership));
    }

    private static void store(Database database, String name) {
        JpaGraphStore graphs = new JpaGraphStore(database);
        if (graphs.find(Samples.graph(name)).isEmpty()) {
            graphs.insert(Samples.desired(Samples.graph(name)), Alongside.NOTHING);
        }
    }

    private void terminateOwner() {
        number("select count(pg_terminate_backend(pid)) from pg_locks where locktype = 'advisory' and granted"
                + " and classid = 5459279 and objid::bigint = (hashtext(current_schema())::bigint & 4294967295)");
    }

    private long ownerSessions() {
        return number("select count(*) from pg_locks where locktype = 'advisory' and granted"
                + " and classid = 5459279 and objid::bigint = (hashtext(current_schema())::bigint & 4294967295)");
    }

    private long number(String query) {
        try (Connection connection = DriverManager.getConnection(url);
                Statement statement = connection.createStatement();
                var row = statement.executeQuery(query)) {
            row.next();
            return row.getLong(1);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void await(BooleanSupplier condition) {
        long end = System.nanoTime() + WITHIN.toNanos();
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).as("time limit").isLessThan(end);
            java.util.concurrent.locks.LockSupport.parkNanos(20_000_000);
        }
    }
}
