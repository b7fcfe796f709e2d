// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.zaxxer.hikari.HikariConfig;
import eu.nephele.smo.api.model.DesiredState;
import eu.nephele.smo.api.runtime.SmoException;
import eu.nephele.smo.core.contract.owner.Ownership.Role;
import eu.nephele.smo.core.contract.store.EffectiveConfiguration;
import eu.nephele.smo.core.contract.store.GraphOutline;
import eu.nephele.smo.core.contract.store.TransactionalWrites;
import eu.nephele.smo.lab.testkit.Await;
import java.io.IOException;
import java.net.URI;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;
import javax.sql.DataSource;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.eclipse.persistence.jpa.PersistenceProvider;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.postgresql.PGConnection;
import org.postgresql.ds.PGSimpleDataSource;

/**
 * One of two servers works on a PostgreSQL database, the other one stands by. The tests wait for leases to end most of the time: each
 * has a schema and sessions of its own, and they run side by side.
 */
@Execution(ExecutionMode.CONCURRENT)
class LeaseTest {

    private static final Duration WITHIN = Duration.ofSeconds(30);
    private static final Duration LENGTH = Duration.ofSeconds(2);

    /** Part of the names of candidates: what takes over ends the sessions of its predecessor by name, those of other tests never. */
    private final String test = UUID.randomUUID().toString().substring(0, 8);

    private String url = "";
    private DataSource source = new PGSimpleDataSource();
    private final List<AutoCloseable> open = new ArrayList<>();
    private int servers;

    @BeforeEach
    void database() throws SQLException, IOException {
        use(Postgres.newSchema());
    }

    private void use(String schema) throws SQLException, IOException {
        url = schema + "&stringtype=unspecified";
        PGSimpleDataSource postgres = new PGSimpleDataSource();
        postgres.setUrl(url);
        source = postgres;
        assertThat(AdvisoryLockMigration.migrate(source, LENGTH)).isTrue();
    }

    @AfterEach
    void end() throws Exception {
        for (AutoCloseable each : open) {
            each.close();
        }
    }

    /** A server with its connections, which can be cut. */
    private final class Server implements AutoCloseable {
        private final CountDownLatch lost = new CountDownLatch(1);
        private final Lease lease;
        private final Set<Integer> sessions = ConcurrentHashMap.newKeySet();
        private volatile boolean cut;

        private Server(String name, Duration length) {
            this(name, length, System::nanoTime, System::currentTimeMillis);
        }

        private Server(String name, Duration length, LongSupplier nanos, LongSupplier millis) {
            servers++;
            OwnerCandidate candidate = new OwnerCandidate(
                    "smo-%s-%d-%s".formatted(name, servers, test),
                    name,
                    "host-" + name,
                    servers,
                    Optional.of(URI.create("http://" + name + ":8000")));
            DataSource cuttable = new ForwardingDataSource(source) {
                @Override
                public Connection getConnection() throws SQLException {
                    if (cut) {
                        throw new SQLException("cut");
                    }
                    Connection connection = target().getConnection();
                    sessions.add(connection.unwrap(PGConnection.class).getBackendPID());
                    return connection;
                }

                @Override
                public Connection getConnection(String user, String password) throws SQLException {
                    return getConnection();
                }
            };
            lease = new Lease(cuttable, candidate, length, nanos, millis, lost::countDown);
            open.add(0, this);
        }

        private boolean mayAct() {
            return !lease.left().isZero();
        }

        private boolean seeks() {
            try {
                return lease.seek();
            } catch (SQLException e) {
                return false;
            }
        }

        /** From now on nothing reaches the database. */
        private void cut() {
            cut = true;
            String pids = sessions.stream().map(String::valueOf).collect(Collectors.joining(",", "{", "}"));
            number("select count(pg_terminate_backend(pid)) from pg_stat_activity where pid = any('%s')".formatted(pids)
                    + " and query like '%lease%' and state = 'idle'");
        }

        private Database database() throws SQLException {
            ConnectionPool pool = ConnectionPool.open(4, Duration.ofSeconds(10), false, (HikariConfig config) -> {
                config.setJdbcUrl(url);
                config.setConnectionInitSql(lease.sessionSettings());
            });
            Database database = Database.openShared(
                    pool,
                    properties -> new PersistenceProvider().createEntityManagerFactory(Database.UNIT, properties),
                    () -> {},
                    lease);
            open.add(0, database);
            return database;
        }

        @Override
        public void close() {
            lease.close();
        }
    }

    private Server server(String name) {
        return new Server(name, LENGTH);
    }

    @Test
    void theFirstOwnsItAndTheSecondStandsByAndKnowsTheOwner() {
        Server first = server("a");
        Server second = server("b");
        assertThat(first.seeks()).isTrue();
        assertThat(first.lease.left()).isGreaterThan(Duration.ofSeconds(1)).isLessThan(LENGTH);
        assertThat(first.lease.epoch()).isEqualTo(1);
        assertThat(second.seeks()).isFalse();
        assertThat(second.lease.left()).isZero();
        assertThat(second.lease.role()).isEqualTo(Role.STANDBY);
        assertThat(second.lease.owner()).hasValueSatisfying(owner -> {
            assertThat(owner.id()).isEqualTo(first.lease.holder());
            assertThat(owner.address()).contains(URI.create("http://a:8000"));
            assertThat(owner.epoch()).isEqualTo(1);
            assertThat(owner.toString()).matches("process 1 on host-a at http://a:8000, the owner since 20.+");
        });
    }

    @Test
    void aStandbyKnowsHowLongAgoTheDatabaseAnsweredIt() {
        Server first = server("a");
        Server second = server("b");
        assertThat(second.lease.sinceLook()).isEmpty();
        assertThat(first.seeks()).isTrue();
        assertThat(second.seeks()).isFalse();
        long looked = System.nanoTime();
        Await.until("10 ms have passed", () -> System.nanoTime() - looked > 10_000_000);
        assertThat(second.lease.sinceLook())
                .hasValueSatisfying(ago ->
                        assertThat(ago).isGreaterThan(Duration.ofMillis(5)).isLessThan(WITHIN));

        second.cut();
        assertThat(second.seeks()).isFalse();
        Duration least = Duration.ofNanos(System.nanoTime() - looked);
        assertThat(second.lease.sinceLook())
                .hasValueSatisfying(ago ->
                        assertThat(ago).as("an unanswered read does not count").isGreaterThanOrEqualTo(least));
    }

    @Test
    void anotherSchemaOfTheSameDatabaseIsAnotherDatabase() throws SQLException, IOException {
        assertThat(server("a").seeks()).isTrue();
        PGSimpleDataSource other = new PGSimpleDataSource();
        other.setUrl(Postgres.newSchema() + "&stringtype=unspecified");
        AdvisoryLockMigration.migrate(other, LENGTH);
        source = other;
        assertThat(server("b").seeks()).isTrue();
    }

    @Test
    void aLeaseIsKeptAsLongAsItIsRenewed() {
        Server first = server("a");
        Server second = server("b");
        assertThat(first.seeks()).isTrue();
        throughout(LENGTH.multipliedBy(2), () -> {
            assertThat(second.seeks()).isFalse();
            assertThat(first.lease.left()).isPositive();
        });
    }

    @Test
    void anEndingOwnerReleasesTheLeaseAndTheNextNeedNotWait() {
        Server first = server("a");
        Server second = server("b");
        assertThat(first.seeks()).isTrue();
        first.close();
        assertThat(first.lease.left()).isZero();
        assertThat(second.seeks()).isTrue();
        assertThat(second.lease.epoch()).isEqualTo(2);
    }

    @Test
    void theNextProcessOfTheSameDataDirectoryNeedNotWaitForItsLease() {
        assertThat(server("a").seeks()).isTrue();
        assertThat(server("b").seeks()).isFalse();
        assertThat(server("a").seeks()).isTrue();
    }

    @Test
    void anOwnerThatIsCutOffStopsBeforeTheNextOneBeginsAndEndsWhenItSeesIt() throws Exception {
        Server first = server("a");
        Server second = server("b");
        assertThat(first.seeks()).isTrue();
        Database database = first.database();
        store(database, "before");
        first.cut();
        Await.until("it is taken over or changed", () -> {
            boolean stopped = first.lease.left().isZero();
            boolean taken = second.seeks();
            assertThat(taken && !stopped)
                    .as("owned twice, for %s", first.lease.left())
                    .isFalse();
            return taken;
        });
        assertThat(second.lease.epoch()).isEqualTo(2);
        assertThatThrownBy(() -> store(database, "after"))
                .isInstanceOfSatisfying(
                        SmoException.class, e -> assertThat(e.kind()).isEqualTo(SmoException.Kind.UNAVAILABLE))
                .hasMessageContaining("may belong to another server");
        assertThatThrownBy(() -> new JpaGraphStore(database).ids())
                .hasMessageContaining("may belong to another server");

        first.cut = false;
        assertThat(first.lost.await(WITHIN.toSeconds(), TimeUnit.SECONDS)).isTrue();
        assertThat(first.lease.role()).isEqualTo(Role.STANDBY);
        assertThat(first.seeks()).as("it has to start again").isFalse();
        store(second.database(), "theirs");
    }

    @Test
    void anOwnerThatWasCutOffGoesOnWhenNobodyElseWasThere() throws Exception {
        Server first = server("a");
        assertThat(first.seeks()).isTrue();
        Database database = first.database();
        first.cut();
        Await.until(
                "the owner notices the end of its lease",
                () -> first.lease.left().isZero());
        first.cut = false;
        Await.until("the owner has its lease again", () -> !first.lease.left().isZero());
        assertThat(first.lost.getCount()).isEqualTo(1);
        store(database, "g");
        assertThat(first.lease.epoch()).isEqualTo(1);
    }

    @Test
    void aTransactionThatIsOpenOverATakeoverIsEndedAndNothingOfItIsStored() throws Exception {
        Server first = server("a");
        assertThat(first.seeks()).isTrue();
        Database database = first.database();
        CountDownLatch isOpen = new CountDownLatch(1);
        CountDownLatch mayEnd = new CountDownLatch(1);
        ExecutorService stalled = Executors.newSingleThreadExecutor();
        try {
            Future<Object> write =
                    stalled.submit(() -> database.transactions().write("store a thing slowly", entities -> {
                        int changed = new Sql(entities).update("update owner set host = 'of the former owner'");
                        isOpen.countDown();
                        awaitEnd(mayEnd);
                        return changed;
                    }));
            assertThat(isOpen.await(WITHIN.toSeconds(), TimeUnit.SECONDS)).isTrue();
            first.cut();
            Server second = server("b");
            Await.until("the standby takes over", second::seeks);
            mayEnd.countDown();
            assertThatThrownBy(() -> write.get(WITHIN.toSeconds(), TimeUnit.SECONDS))
                    .hasRootCauseInstanceOf(Exception.class);
            assertThat(number("select count(*) from owner where host = 'of the former owner'"))
                    .isZero();
        } finally {
            mayEnd.countDown();
            stalled.shutdown();
        }
    }

    @Test
    void aTransactionOfAFormerEpochIsRefusedByTheDatabaseWhateverTheClockSays() throws Exception {
        Server first = server("a");
        assertThat(first.seeks()).isTrue();
        Database database = first.database();
        number("with raised as (update owner set epoch = epoch + 1 returning epoch) select epoch from raised");
        assertThatThrownBy(() -> store(database, "g")).hasMessageContaining("another server has taken it");
        assertThat(number("select count(*) from desired")).isZero();
    }

    @Test
    void configurationIsChangedByTheOwnerAndReadByAStandby() throws Exception {
        Server first = server("a");
        Server second = server("b");
        assertThat(first.seeks()).isTrue();
        assertThat(second.seeks()).isFalse();
        JpaConfigurationStore owners = new JpaConfigurationStore(first.database());
        JpaConfigurationStore ours = new JpaConfigurationStore(second.database());
        owners.change("pid", Optional.of("a=\"1\""));
        assertThat(ours.mark()).isEqualTo(owners.mark());
        assertThat(ours.changedAfter(0)).isEqualTo(owners.changedAfter(0)).hasSize(1);
        EffectiveConfiguration mine = new EffectiveConfiguration("salt", Map.of());
        for (ThrowingCallable write :
                List.<ThrowingCallable>of(() -> ours.change("pid", Optional.empty()), () -> ours.effective(mine))) {
            assertThatThrownBy(write)
                    .isInstanceOfSatisfying(
                            SmoException.class, e -> assertThat(e.kind()).isEqualTo(SmoException.Kind.UNAVAILABLE))
                    .hasMessageContaining("This server stands by");
        }

        number("with raised as (update owner set epoch = epoch + 1 returning epoch) select epoch from raised");
        assertThatThrownBy(() -> owners.change("pid", Optional.empty()))
                .hasMessageContaining("another server has taken it");
        assertThat(number("select revision from configuration_list")).isEqualTo(1);
        assertThat(number("select count(*) from configuration where content is null"))
                .isZero();
    }

    @Test
    void aStandbyReadsWhatTheOwnerHasStoredLastAndStoresNothing() throws Exception {
        Server first = server("a");
        Server second = server("b");
        assertThat(first.seeks()).isTrue();
        assertThat(second.seeks()).isFalse();
        Database owners = first.database();
        JpaGraphStore theirs = new JpaGraphStore(owners);
        JpaGraphStore ours = new JpaGraphStore(second.database());
        store(owners, "g");
        assertThat(ours.find(Samples.graph("g"))).isEqualTo(theirs.find(Samples.graph("g")));
        assertThat(phases(ours)).containsExactly(DesiredState.RUNNING);

        theirs.delete(Samples.graph("g"), TransactionalWrites.NOTHING);
        assertThat(ours.find(Samples.graph("g"))).isEmpty();
        assertThat(phases(ours)).isEmpty();
        assertThatThrownBy(() -> ours.insert(Samples.desired(Samples.graph("mine")), TransactionalWrites.NOTHING))
                .isInstanceOfSatisfying(
                        SmoException.class, e -> assertThat(e.kind()).isEqualTo(SmoException.Kind.UNAVAILABLE))
                .hasMessageContaining("This server stands by")
                .hasMessageContaining("http://a:8000");
    }

    private static List<DesiredState> phases(JpaGraphStore graphs) {
        return graphs.outlines(Samples.graph("g").project(), "", "", 10).stream()
                .map(GraphOutline::state)
                .toList();
    }

    @Test
    void aStandbyThatTakesOverKeepsWhatItReadsFromThenOn() throws Exception {
        Server first = server("a");
        Server second = server("b");
        assertThat(first.seeks()).isTrue();
        Database owners = first.database();
        store(owners, "g");
        assertThat(second.seeks()).isFalse();
        Database next = second.database();
        JpaGraphStore graphs = new JpaGraphStore(next);
        graphs.find(Samples.graph("g"));
        assertThat(next.records().bytes()).as("kept by a standby").isZero();
        first.close();
        assertThat(second.seeks()).isTrue();
        next.forget();
        graphs.find(Samples.graph("g"));
        assertThat(next.records().bytes()).isPositive();
        store(next, "h");
        assertThat(graphs.ids()).hasSize(2);
    }

    @Test
    void rowsThatWereDeletedAreMadeAnewAndTheEpochRisesAllTheSame() throws Exception {
        Server first = server("a");
        assertThat(first.seeks()).isTrue();
        number("with gone as (delete from lease returning id) select count(*) from gone");
        number("with gone as (delete from owner returning id) select count(*) from gone");
        assertThat(first.lost.await(WITHIN.toSeconds(), TimeUnit.SECONDS)).isTrue();
        Server second = server("b");
        Await.until("the standby takes over", second::seeks);
        assertThat(second.lease.epoch()).isGreaterThan(first.lease.epoch());
        store(second.database(), "g");
    }

    @Test
    void anOwnerWhoseEpochWasDeletedCommitsNothingAndStartsAgain() throws Exception {
        Server first = server("a");
        assertThat(first.seeks()).isTrue();
        Database database = first.database();
        number("with gone as (delete from owner returning id) select count(*) from gone");
        assertThatThrownBy(() -> store(database, "g"))
                .isInstanceOfSatisfying(
                        SmoException.class, e -> assertThat(e.kind()).isEqualTo(SmoException.Kind.UNAVAILABLE))
                .hasMessageContaining("may belong to another server");
        assertThat(first.lost.await(WITHIN.toSeconds(), TimeUnit.SECONDS)).isTrue();
        Server next = server("a");
        Await.until("the next server takes over", next::seeks);
        assertThat(next.lease.epoch()).isGreaterThan(first.lease.epoch());
        store(next.database(), "g");
    }

    @Test
    void aTableThatWasDroppedIsMadeAgainAndNobodyTakesItWhileAFormerOwnerMayWork() throws Exception {
        Server first = server("a");
        assertThat(first.seeks()).isTrue();
        assertThat(first.lease.epoch()).isEqualTo(1);
        execute("drop table lease");
        assertThat(first.lost.await(WITHIN.toSeconds(), TimeUnit.SECONDS)).isTrue();
        assertThat(first.lease.left()).isZero();
        Server second = server("b");
        assertThat(second.seeks()).isFalse();
        assertThat(AdvisoryLockMigration.migrate(source, LENGTH)).isTrue();
        assertThat(second.seeks()).as("a lease of before has not ended").isFalse();
        Await.until("the standby takes over", second::seeks);
        assertThat(second.lease.epoch()).isEqualTo(2);
        store(second.database(), "g");
    }

    @Test
    void aClockOfTheDatabaseThatJumpsMakesNobodyAnOwnerBesideAnother() throws Exception {
        ownClock();
        Server first = server("a");
        Server second = server("b");
        assertThat(first.seeks()).isTrue();
        Database database = first.database();
        for (String jump : List.of("1 hour", "-2 hours", "1 hour")) {
            assertThat(second.seeks()).isFalse();
            jump(jump);
            throughout(LENGTH.multipliedBy(3).dividedBy(2), () -> {
                assertThat(second.seeks()).as("after a jump by %s", jump).isFalse();
                assertThat(first.lease.left()).isPositive();
            });
        }
        store(database, "g");
        assertThat(first.lost.getCount()).isEqualTo(1);
    }

    @Test
    void aDeadOwnersLeaseIsTakenInTimeWhateverTheClockOfTheDatabaseDoes() throws Exception {
        ownClock();
        Server dead = server("a");
        assertThat(dead.seeks()).isTrue();
        for (String jump : List.of("1 hour", "-1 hour", "-1 hour")) {
            Server next = server("b" + servers);
            assertThat(next.seeks()).isFalse();
            dead.cut();
            jump(jump);
            long cut = System.nanoTime();
            Server before = dead;
            Await.until("it is taken over or changed", () -> {
                boolean stopped = before.lease.left().isZero();
                boolean taken = next.seeks();
                assertThat(taken && !stopped)
                        .as("owned twice after a jump by %s, for %s", jump, before.lease.left())
                        .isFalse();
                return taken;
            });
            assertThat(Duration.ofNanos(System.nanoTime() - cut))
                    .as("after a jump by %s", jump)
                    .isLessThan(LENGTH.multipliedBy(3));
            dead = next;
        }
        store(dead.database(), "g");
    }

    /** From now on in a database whose clock can be set: statements of its users find this function before that of the system. */
    private void ownClock() throws SQLException, IOException {
        use(Postgres.newSchema() + ",pg_catalog");
        execute("create table shift (ahead interval not null); insert into shift (ahead) values ('0');"
                + " create function clock_timestamp() returns timestamp with time zone language sql volatile as"
                + " 'select pg_catalog.clock_timestamp() + (select ahead from shift)'");
    }

    private void jump(String by) throws SQLException {
        execute("update shift set ahead = ahead + interval '%s'".formatted(by));
        long ahead = number("select extract(epoch from clock_timestamp() - pg_catalog.clock_timestamp())::bigint");
        assertThat(ahead).isEqualTo(number("select extract(epoch from ahead)::bigint from shift"));
    }

    @Test
    void aLeaseThatIsRenewedAfterTheLookIsNotTaken() throws SQLException {
        Server first = server("a");
        assertThat(first.seeks()).isTrue();
        OwnerCandidate other = new OwnerCandidate("smo-b", "b", "host-b", 2, Optional.empty());
        try (Connection connection = source.getConnection()) {
            LeaseRow.SeenLease seen = LeaseRow.read(connection, other);
            assertThat(seen.free()).isFalse();
            Await.until("it is taken over or changed", () -> {
                try {
                    return !LeaseRow.read(connection, other).version().equals(seen.version());
                } catch (SQLException e) {
                    throw new IllegalStateException(e);
                }
            });
            assertThat(LeaseRow.take(connection, other, LENGTH, seen)).isEmpty();
        }
        assertThat(first.lease.epoch()).isEqualTo(1);
        assertThat(number("select epoch from owner")).isEqualTo(1);
    }

    @Test
    void aStandbyWithAShorterLeaseWaitsForThatOfTheOwner() {
        Server slow = new Server("a", Duration.ofSeconds(4));
        Server quick = new Server("b", Duration.ofMillis(400));
        assertThat(slow.seeks()).isTrue();
        throughout(Duration.ofSeconds(2), () -> assertThat(quick.seeks()).isFalse());
        slow.cut();
        Await.until("it is taken over or changed", () -> {
            boolean stopped = slow.lease.left().isZero();
            boolean taken = quick.seeks();
            assertThat(taken && !stopped).as("owned twice").isFalse();
            return taken;
        });
    }

    /** It takes what it finds free by {@code expires_at} and the clock of the database, and renews there. */
    @Test
    void anOwnerOfAFormerVersionKeepsItAsLongAsItRenewsAndFindsWhatWasGivenBack() throws Exception {
        execute("update lease set holder = 'former', server = 'f', address = '',"
                + " expires_at = clock_timestamp() + interval '2 seconds'");
        Server later = server("b");
        throughout(LENGTH.multipliedBy(2), () -> {
            execute("update lease set expires_at = clock_timestamp() + interval '2 seconds' where holder = 'former'");
            assertThat(later.seeks()).isFalse();
        });
        Await.until("the later server takes over", later::seeks);
        assertThat(number("select count(*) from lease where expires_at < clock_timestamp()"))
                .isZero();
        later.close();
        assertThat(number("select count(*) from lease where expires_at < clock_timestamp()"))
                .isEqualTo(1);
    }

    @Test
    void aMachineThatHasSleptOwnsNothingUntilItHasRenewed() throws Exception {
        AtomicLong slept = new AtomicLong();
        Server first = new Server("a", LENGTH, () -> 0, () -> System.currentTimeMillis() + slept.get());
        assertThat(first.seeks()).isTrue();
        Database database = first.database();
        store(database, "before");
        first.cut();
        assertThat(first.lease.left()).isPositive();
        slept.set(LENGTH.toMillis());
        assertThat(first.lease.left()).isZero();
        assertThatThrownBy(() -> store(database, "after")).hasMessageContaining("its lease is not renewed");
        first.cut = false;
        Await.until("the owner has its lease again", () -> !first.lease.left().isZero());
        store(database, "after");
        assertThat(first.lost.getCount()).isEqualTo(1);
    }

    @Test
    void whileAServerOfAFormerVersionWorksNoTablesAreMade() throws Exception {
        PGSimpleDataSource empty = new PGSimpleDataSource();
        empty.setUrl(Postgres.newSchema() + "&stringtype=unspecified");
        try (Connection former = empty.getConnection();
                Statement statement = former.createStatement()) {
            statement.execute("select pg_advisory_lock(5459279, hashtext(coalesce(current_schema(), '')))");
            assertThat(AdvisoryLockMigration.migrate(empty, LENGTH)).isFalse();
        }
        Await.until("it is taken over or changed", () -> {
            try {
                return AdvisoryLockMigration.migrate(empty, LENGTH);
            } catch (SQLException | IOException e) {
                throw new IllegalStateException(e);
            }
        });
    }

    @Test
    void aStandbyStartsAgainWhenTheTablesChangeUnderIt() throws Exception {
        Server first = server("a");
        Server second = server("b");
        assertThat(first.seeks()).isTrue();
        assertThat(second.seeks()).isFalse();
        second.lease.rely();
        assertThat(second.seeks()).isFalse();
        assertThat(second.lost.getCount()).isEqualTo(1);
        number("with more as (insert into flyway_schema_history (installed_rank, version, description, type, script,"
                + " installed_by, execution_time, success) values (99, '99', 'later', 'SQL', 'V99', 'them', 1, true)"
                + " returning installed_rank) select count(*) from more");
        assertThat(second.seeks()).isFalse();
        assertThat(second.lost.await(WITHIN.toSeconds(), TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void disconnectionsAtAnyTimeLeaveAtMostOneOwner() throws Exception {
        Duration length = Duration.ofMillis(400);
        List<Server> candidates = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            candidates.add(new Server("s" + i, length));
        }
        AtomicInteger twice = new AtomicInteger();
        AtomicInteger acts = new AtomicInteger();
        long end = System.nanoTime() + Duration.ofSeconds(8).toNanos();
        ExecutorService threads = Executors.newSingleThreadExecutor();
        threads.execute(() -> {
            while (System.nanoTime() < end) {
                List<Server> owners = candidates.stream().filter(Server::mayAct).toList();
                acts.addAndGet(owners.size());
                // one that still is the owner after another one was seen to be it is one beside the other
                if (owners.size() > 1 && owners.get(0).mayAct()) {
                    twice.incrementAndGet();
                }
                LockSupport.parkNanos(50_000);
            }
        });
        Random random = new Random(7);
        List<Long> epochs = new ArrayList<>();
        Await.until("some owners later", () -> {
            candidates.forEach(Server::seeks);
            candidates.stream()
                    .filter(each -> !each.lease.left().isZero())
                    .forEach(each -> epochs.add(each.lease.epoch()));
            Server one = candidates.get(random.nextInt(candidates.size()));
            if (random.nextInt(4) == 0 && !one.cut) {
                one.cut();
            } else if (random.nextInt(2) == 0) {
                one.cut = false;
            }
            return one.lost.getCount() == 0 || System.nanoTime() - end >= 0;
        });
        candidates.forEach(each -> each.cut = false);
        threads.shutdown();
        assertThat(threads.awaitTermination(WITHIN.toSeconds(), TimeUnit.SECONDS))
                .isTrue();
        assertThat(twice).hasValue(0);
        assertThat(acts).hasPositiveValue();
        assertThat(epochs).isSorted();
    }

    private static void awaitEnd(CountDownLatch latch) {
        try {
            assertThat(latch.await(WITHIN.toSeconds(), TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void store(Database database, String name) {
        JpaGraphStore graphs = new JpaGraphStore(database);
        if (graphs.find(Samples.graph(name)).isEmpty()) {
            graphs.insert(Samples.desired(Samples.graph(name)), TransactionalWrites.NOTHING);
        }
    }

    private void execute(String change) throws SQLException {
        try (Connection connection = DriverManager.getConnection(url);
                Statement statement = connection.createStatement()) {
            statement.execute(change);
        }
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

    private interface Assertions {
        void verify() throws SQLException;
    }

    /** Repeats assertions for some time: a lease lasts so long by the clock of the database, too. */
    private static void throughout(Duration time, Assertions holding) {
        long begin = System.nanoTime();
        Await.until(time + " have passed", () -> {
            holding.verify();
            return System.nanoTime() - begin > time.toNanos();
        });
    }
}
