// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.ArgumentMatchers.anyMap;
import static org.mockito.ArgumentMatchers.anyString;
import static org.mockito.ArgumentMatchers.eq;
import static org.mockito.ArgumentMatchers.isNull;
import static org.mockito.Mockito.doAnswer;
import static org.mockito.Mockito.doThrow;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.never;
import static org.mockito.Mockito.timeout;
import static org.mockito.Mockito.times;
import static org.mockito.Mockito.verify;
import static org.mockito.Mockito.when;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import eu.nephele.smo.api.runtime.Tenure;
import eu.nephele.smo.core.contract.event.CommitListener;
import eu.nephele.smo.core.contract.owner.Ownership;
import eu.nephele.smo.lab.testkit.Await;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.eclipse.persistence.jpa.PersistenceProvider;
import org.flywaydb.core.Flyway;
import org.h2.jdbcx.JdbcDataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mockito.ArgumentCaptor;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceReference;
import org.osgi.framework.ServiceRegistration;
import org.osgi.service.jdbc.DataSourceFactory;
import org.osgi.service.jpa.EntityManagerFactoryBuilder;
import org.postgresql.ds.PGSimpleDataSource;
import org.slf4j.LoggerFactory;

/** The opener with a framework that is played by mocks; in the real one it runs in the tests of the distribution. */
@SuppressWarnings("unchecked") // mocks of generic types
class DatabaseOpenerTest {

    private static final long WITHIN_MILLIS = 20_000;

    /** A migration of a later version was applied. */
    private static final String LATER =
            "insert into flyway_schema_history select 1000, '99', 'later', type, 'V99__later.sql',"
                    + " checksum, installed_by, installed_on, execution_time, success from flyway_schema_history"
                    + " where version = '9'";

    private static final String TOO_NEW = "opening store failed reason=\"The schema of the database has version 99";

    @TempDir
    private Path data;

    private final BundleContext context = mock(BundleContext.class);
    private final DataSourceFactory driver = mock(DataSourceFactory.class);
    private final ServiceReference<DataSourceFactory> driverReference = mock(ServiceReference.class);
    private final ServiceRegistration<Database> registration = mock(ServiceRegistration.class);
    private final EntityManagerFactoryBuilder units = mock(EntityManagerFactoryBuilder.class);
    private final ListAppender<ILoggingEvent> log = new ListAppender<>();
    private final BlockingQueue<Integer> ended = new LinkedBlockingQueue<>();

    @BeforeEach
    void framework() throws Exception {
        when(context.getProperty("smo.data")).thenReturn(data.toString());
        when(context.getServiceReferences(eq(DataSourceFactory.class), anyString()))
                .thenReturn(List.of(driverReference));
        when(context.getService(driverReference)).thenReturn(driver);
        when(context.registerService(eq(Database.class), any(Database.class), isNull()))
                .thenReturn(registration);
        when(context.registerService(eq(Tenure.class), any(Tenure.class), isNull()))
                .thenReturn(mock(ServiceRegistration.class));
        when(context.registerService(eq(Ownership.class), any(Ownership.class), isNull()))
                .thenReturn(mock(ServiceRegistration.class));
        when(driver.createDataSource(any())).thenAnswer(call -> h2(call.getArgument(0)));
        when(units.createEntityManagerFactory(anyMap())).thenAnswer(call -> new PersistenceProvider()
                .createEntityManagerFactory(Database.UNIT, (Map<?, ?>) call.getArgument(0)));
        log.start();
        for (Logger logger : loggers()) {
            logger.setLevel(Level.INFO);
            logger.addAppender(log);
        }
    }

    @AfterEach
    void silence() {
        for (Logger logger : loggers()) {
            logger.detachAppender(log);
            logger.setLevel(null);
        }
    }

    private static List<Logger> loggers() {
        return Stream.of(DatabaseOpener.class, Seeking.class, DatabaseServices.class)
                .map(type -> (Logger) LoggerFactory.getLogger(type))
                .toList();
    }

    private static DataSource h2(Properties properties) {
        JdbcDataSource source = new JdbcDataSource();
        source.setURL(properties.getProperty(DataSourceFactory.JDBC_URL));
        return source;
    }

    private Database published() {
        ArgumentCaptor<Database> database = ArgumentCaptor.forClass(Database.class);
        verify(context, timeout(WITHIN_MILLIS)).registerService(eq(Database.class), database.capture(), isNull());
        return database.getValue();
    }

    @Test
    void publishesTheEmbeddedDatabaseAndWithdrawsItAtTheEnd() throws Exception {
        DatabaseOpener opener = new DatabaseOpener(context, new Config(), units);
        Database database = published();

        assertThat(new JpaInstanceStore(database).instanceId()).isNotEmpty();
        assertThat(data.resolve("db/smo.mv.db")).exists();
        opener.close();
        verify(registration).unregister();
        assertThat(database.reachable()).isFalse();
        Stores.embedded(data.resolve("db")).close();
    }

    /** The framework refuses classes while it resolves for somebody else. */
    @Test
    void anErrorIsLoggedAndTheDatabaseOpenedAllTheSame() throws Exception {
        doThrow(new NoClassDefFoundError("org/example/Late"))
                .doAnswer(call -> h2(call.getArgument(0)))
                .when(driver)
                .createDataSource(any());
        DatabaseOpener opener = new DatabaseOpener(context, new Config(), units);
        published();
        assertThat(lines()).anyMatch(line -> line.startsWith("opening store failed retryMillis="));
        opener.close();
    }

    @Test
    void aServerWhoseDatabaseAnotherOneOwnsStandsByAndTakesOver_F67() throws Exception {
        String url = Postgres.newSchema();
        doAnswer(call -> postgres(call.getArgument(0))).when(driver).createDataSource(any());
        DatabaseOpener first = new DatabaseOpener(context, new Config().url(url).data(folder("a")), units, ended::add);
        verify(context, timeout(WITHIN_MILLIS)).registerService(eq(Tenure.class), any(Tenure.class), isNull());
        DatabaseOpener second =
                new DatabaseOpener(context, new Config().url(url).data(folder("b")), units, ended::add);
        verify(context, timeout(WITHIN_MILLIS).times(2))
                .registerService(eq(Database.class), any(Database.class), isNull());
        verify(context, times(1)).registerService(eq(Tenure.class), any(Tenure.class), isNull());
        first.close();
        verify(context, timeout(WITHIN_MILLIS).times(2)).registerService(eq(Tenure.class), any(Tenure.class), isNull());
        second.close();
        assertThat(ended).isEmpty();
        assertThat(lines())
                .anyMatch(line -> line.startsWith("store opened as standby place=")
                        && line.contains(
                                " owner=\"process " + ProcessHandle.current().pid()));
    }

    /** An adapter sends the epoch with each call: it must know it before the first call. */
    @Test
    void aTenureIsUsedWhenEverybodyHasHeardOfIt() throws Exception {
        List<Duration> whenHeard = new ArrayList<>();
        List<Tenure> heard = new ArrayList<>();
        when(context.registerService(eq(Tenure.class), any(Tenure.class), isNull()))
                .thenAnswer(call -> {
                    Tenure tenure = call.getArgument(1);
                    heard.add(tenure);
                    whenHeard.add(tenure.left());
                    return mock(ServiceRegistration.class);
                });
        DatabaseOpener opener = new DatabaseOpener(context, new Config(), units);
        published();
        assertThat(whenHeard).containsExactly(Duration.ZERO);
        assertThat(heard.get(0).left()).isGreaterThan(Duration.ofDays(1));
        assertThat(heard.get(0).epoch()).isEqualTo(1);
        opener.close();
    }

    @Test
    void aServerThatHasLostItsDatabaseStartsAgain_F67() throws Exception {
        String url = Postgres.newSchema();
        doAnswer(call -> postgres(call.getArgument(0))).when(driver).createDataSource(any());
        DatabaseOpener opener =
                new DatabaseOpener(context, new Config().url(url).data(folder("a")), units, ended::add);
        verify(context, timeout(WITHIN_MILLIS)).registerService(eq(Tenure.class), any(Tenure.class), isNull());
        try (Connection connection = DriverManager.getConnection(url);
                Statement statement = connection.createStatement()) {
            statement.execute("update lease set holder = 'another'");
        }
        assertThat(ended.poll(WITHIN_MILLIS, TimeUnit.MILLISECONDS)).isEqualTo(DatabaseOpener.RESTART);
        opener.close();
    }

    /** Its owner is of a version before, and so are the tables as long as that one works. */
    @Test
    void aStandbyOfALaterVersionWaitsAndBringsTheTablesToItsVersionWhenItTakesOver_F67() throws Exception {
        String url = Postgres.newSchema() + "&stringtype=unspecified";
        AtomicInteger connections = new AtomicInteger();
        doAnswer(call -> cuttable(postgres(call.getArgument(0)), new AtomicBoolean(), connections))
                .when(driver)
                .createDataSource(any());
        PGSimpleDataSource source = new PGSimpleDataSource();
        source.setUrl(url);
        SqlDialect dialect = SqlDialect.from(source);
        Flyway.configure()
                .dataSource(source)
                .locations("classpath:db/migration")
                .placeholders(dialect.placeholders())
                .target("9")
                .load()
                .migrate();
        Lease former = new Lease(
                source,
                OwnerCandidate.here(Optional.of(data), Optional.empty()),
                Duration.ofSeconds(5),
                System::nanoTime,
                System::currentTimeMillis,
                () -> {});
        assertThat(former.seek()).isTrue();
        DatabaseOpener later = new DatabaseOpener(
                context, new Config().url(url).data(folder("later")).leaseMillis(1_000), units, ended::add);
        awaitLine("database is owned by a server of another version");
        awaitFurther(connections);
        assertThat(lines()).as("said once").hasSize(1);
        verify(context, never()).registerService(eq(Database.class), any(Database.class), isNull());
        assertThat(SchemaMigration.isCurrent(source, dialect)).isFalse();

        former.close();
        verify(context, timeout(WITHIN_MILLIS)).registerService(eq(Tenure.class), any(Tenure.class), isNull());
        assertThat(new JpaInstanceStore(published()).instanceId()).isNotEmpty();
        assertThat(SchemaMigration.isCurrent(source, dialect)).isTrue();
        later.close();
        assertThat(ended).isEmpty();
    }

    @Test
    void aStandbyOfAnEarlierVersionSaysSoAndDisturbsNobody_F67() throws Exception {
        String url = Postgres.newSchema();
        doAnswer(call -> postgres(call.getArgument(0))).when(driver).createDataSource(any());
        DatabaseOpener owner = new DatabaseOpener(context, new Config().url(url).data(folder("a")), units, ended::add);
        Database database = published();
        execute(url, LATER);
        DatabaseOpener earlier =
                new DatabaseOpener(context, new Config().url(url).data(folder("b")), units, ended::add);
        awaitLine(TOO_NEW);
        earlier.close();
        verify(context, times(1)).registerService(eq(Database.class), any(Database.class), isNull());
        assertThat(database.reachable()).isTrue();
        assertThat(ended).isEmpty();
        owner.close();
    }

    /** Its owner does not renew at the moment, or has just given its lease back: neither is a reason to disturb it. */
    @Test
    void aServerOfAnEarlierVersionTakesNothingOfALaterOneWhoseOwnerIsInAGap_F67() throws Exception {
        String url = Postgres.newSchema() + "&stringtype=unspecified";
        doAnswer(call -> postgres(call.getArgument(0))).when(driver).createDataSource(any());
        assertThat(AdvisoryLockMigration.migrate(postgresAt(url), Duration.ofSeconds(1)))
                .isTrue();
        execute(url, LATER);
        try (Connection owner = DriverManager.getConnection(url + "&ApplicationName=later");
                Statement session = owner.createStatement()) {
            for (String end : List.of("clock_timestamp() - interval '1 hour'", "timestamp with time zone 'epoch'")) {
                execute(url, "update lease set holder = 'later', server = 'l', expires_at = " + end);
                DatabaseOpener earlier =
                        new DatabaseOpener(context, new Config().url(url).data(folder("b")), units, ended::add);
                awaitLine(TOO_NEW);
                earlier.close();
                log.list.clear();
                try (ResultSet row = session.executeQuery("select holder, epoch from lease, owner")) {
                    assertThat(row.next()).isTrue();
                    assertThat(row.getString(1)).isEqualTo("later");
                    assertThat(row.getLong(2)).isZero();
                }
            }
        }
        assertThat(ended).isEmpty();
    }

    @Test
    void aStandbyMakesTheTableOfLeasesAgainAndWaitsForALease_F67() throws Exception {
        String url = Postgres.newSchema() + "&stringtype=unspecified";
        doAnswer(call -> postgres(call.getArgument(0))).when(driver).createDataSource(any());
        Duration length = Duration.ofSeconds(1);
        Lease owner = owner(url, length);
        DatabaseOpener standby = new DatabaseOpener(
                context, new Config().url(url).data(folder("b")).leaseMillis(length.toMillis()), units, ended::add);
        awaitLine("store opened as standby place=");
        long lost = System.nanoTime();
        // the owner notices that, and ends
        execute(url, "drop table lease");
        ArgumentCaptor<Tenure> tenure = ArgumentCaptor.forClass(Tenure.class);
        verify(context, timeout(WITHIN_MILLIS)).registerService(eq(Tenure.class), tenure.capture(), isNull());
        assertThat(System.nanoTime() - lost).isGreaterThanOrEqualTo(length.toNanos());
        assertThat(owner.left()).isZero();
        assertThat(tenure.getValue().epoch()).isEqualTo(2);
        owner.close();
        standby.close();
        assertThat(ended).isEmpty();
    }

    @Test
    void aStandbySaysOnceThatTheDatabaseIsAway_F67() throws Exception {
        String url = Postgres.newSchema() + "&stringtype=unspecified";
        AtomicBoolean away = new AtomicBoolean();
        AtomicInteger connections = new AtomicInteger();
        doAnswer(call -> cuttable(postgres(call.getArgument(0)), away, connections))
                .when(driver)
                .createDataSource(any());
        Lease owner = owner(url, Duration.ofSeconds(1));
        DatabaseOpener standby = new DatabaseOpener(
                context, new Config().url(url).data(folder("b")).leaseMillis(1_000), units, ended::add);
        awaitLine("store opened as standby place=");
        away.set(true);
        execute(url, "select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'smo-lease'");
        awaitLine("reading the owner of the database failed reason=");
        awaitFurther(connections);
        assertThat(lines().stream().filter(line -> line.startsWith("reading the owner of the database failed")))
                .hasSize(1);
        away.set(false);
        awaitLine("reading the owner of the database succeeded again");
        standby.close();
        owner.close();
    }

    private static DataSource cuttable(DataSource source, AtomicBoolean away, AtomicInteger connections) {
        return new ForwardingDataSource(source) {
            @Override
            public Connection getConnection() throws SQLException {
                connections.incrementAndGet();
                if (away.get()) {
                    throw new SQLException("away");
                }
                return target().getConnection();
            }

            @Override
            public Connection getConnection(String user, String password) throws SQLException {
                return getConnection();
            }
        };
    }

    /** Another server, of a database that has its tables. */
    private Lease owner(String url, Duration length) throws Exception {
        assertThat(AdvisoryLockMigration.migrate(postgresAt(url), length)).isTrue();
        Lease owner = new Lease(
                postgresAt(url),
                OwnerCandidate.here(Optional.of(data), Optional.empty()),
                length,
                System::nanoTime,
                System::currentTimeMillis,
                () -> {});
        assertThat(owner.seek()).isTrue();
        return owner;
    }

    @Test
    void aServiceThatBlocksAtTheArrivalOfTheTenureDelaysNoOther() throws Exception {
        BlockingQueue<Tenure> heard = new LinkedBlockingQueue<>();
        CountDownLatch mayEnd = new CountDownLatch(1);
        ServiceRegistration<Tenure> told = mock(ServiceRegistration.class);
        when(context.registerService(eq(Tenure.class), any(Tenure.class), isNull()))
                .thenAnswer(call -> {
                    heard.add(call.getArgument(1));
                    mayEnd.await();
                    return told;
                });
        DatabaseOpener opener = new DatabaseOpener(context, new Config(), units);
        Tenure tenure = heard.poll(WITHIN_MILLIS, TimeUnit.MILLISECONDS);
        assertThat(tenure).isNotNull();
        assertThat(tenure.left()).isZero();
        published();
        assertThat(tenure.left()).isPositive();
        awaitLine("tenure listener did not return within 2000 ms");
        opener.close();
        verify(told, never()).unregister();
        mayEnd.countDown();
        verify(told, timeout(WITHIN_MILLIS)).unregister();
    }

    private static void execute(String url, String change) throws SQLException {
        try (Connection connection = DriverManager.getConnection(url);
                Statement statement = connection.createStatement()) {
            statement.execute(change);
        }
    }

    private void awaitLine(String beginning) {
        Await.until(() -> "the log has the line '%s' in %s".formatted(beginning, lines()), () -> lines().stream()
                .anyMatch(line -> line.startsWith(beginning)));
    }

    /** Waits until the store has connected to the database several times more. */
    private static void awaitFurther(AtomicInteger connections) {
        int before = connections.get();
        Await.until("further connections", () -> connections.get() >= before + 3);
    }

    @Test
    void aTransactionThatStallsEnds_F67() throws Exception {
        String url = Postgres.newSchema();
        doAnswer(call -> postgres(call.getArgument(0))).when(driver).createDataSource(any());
        DatabaseOpener opener =
                new DatabaseOpener(context, new Config().url(url).data(folder("a")), units, ended::add);
        Database database = published();
        assertThat(new JpaInstanceStore(database).instanceId()).isNotEmpty();
        List<Object> limit = database.transactions().read("read a setting", entities -> new Sql(entities)
                .values("select current_setting('idle_in_transaction_session_timeout')"));
        assertThat(limit).as("a transaction that stalls ends").isEqualTo(List.of("30s"));
        opener.close();
    }

    private String folder(String name) {
        return data.resolve(name).toString();
    }

    private static DataSource postgres(Properties properties) {
        return postgresAt(properties.getProperty(DataSourceFactory.JDBC_URL));
    }

    private static DataSource postgresAt(String url) {
        PGSimpleDataSource source = new PGSimpleDataSource();
        source.setUrl(url);
        return source;
    }

    @Test
    void aFileOfTheEmbeddedDatabaseThatAnotherProcessHasOpenIsSaid_F67() throws Exception {
        SQLException open = new SQLException("Database may be already in use: \"smo.mv.db\"", "90020", 90020);
        doThrow(open).doAnswer(call -> h2(call.getArgument(0))).when(driver).createDataSource(any());
        DatabaseOpener opener = new DatabaseOpener(context, new Config(), units);
        published();
        assertThat(log.list)
                .extracting(ILoggingEvent::getFormattedMessage)
                .anyMatch(line -> line.contains("open in another process, which has to end first"));
        opener.close();
    }

    @Test
    void tellsWhoeverPublishesEventsAtTheMoment() throws Exception {
        DatabaseOpener opener = new DatabaseOpener(context, new Config(), units);
        JpaEventStore events = new JpaEventStore(published());
        AtomicInteger first = new AtomicInteger();
        AtomicInteger second = new AtomicInteger();
        CommitListener former = first::incrementAndGet;
        CommitListener later = second::incrementAndGet;
        Runnable append = () -> events.append(List.of(LifecycleSamples.clusterEvent("cluster.left", 1)));

        append.run();
        opener.setPublisher(former);
        append.run();
        opener.setPublisher(later);
        opener.unsetPublisher(former);
        append.run();
        opener.unsetPublisher(later);
        append.run();
        events.append(List.of());
        assertThat(first).hasValue(1);
        assertThat(second).hasValue(1);
        assertThat(events.publish(10)).hasSize(4);
        opener.close();
    }

    @Test
    void waitsForADriverAndADatabaseThatComeLater() throws Exception {
        when(context.getServiceReferences(eq(DataSourceFactory.class), anyString()))
                .thenReturn(List.of())
                .thenReturn(List.of(driverReference));
        doThrow(new SQLException("connection refused"))
                .doAnswer(call -> h2(call.getArgument(0)))
                .when(driver)
                .createDataSource(any());
        DatabaseOpener opener = new DatabaseOpener(context, new Config(), units);

        assertThat(published().reachable()).isTrue();
        opener.close();
        assertThat(log.list)
                .extracting(ILoggingEvent::getFormattedMessage)
                .anyMatch(line -> line.startsWith(
                        "store not available retryMillis=250 reason=\"No data source factory of driver org.h2.Driver"))
                .contains("store not available retryMillis=500 reason=\"connection refused\"");
    }

    @Test
    void aWrongConfigurationIsSaidWithItsKeyAndDisturbsNobody() throws Exception {
        DatabaseOpener opener = new DatabaseOpener(context, new Config().poolSize(0), units);
        opener.close();

        verify(context, never()).registerService(eq(Database.class), any(Database.class), isNull());
        assertThat(log.list)
                .extracting(ILoggingEvent::getFormattedMessage)
                .containsExactly(
                        "opening store failed reason=\"eu.nephele.smo.core.store: poolSize='0', expected 2..200\";"
                                + " not retrying");
    }

    @Test
    void aPasswordThatCannotBeReadIsSaidWithItsReferenceAndTriedAgain() throws Exception {
        Config config = new Config()
                .url("jdbc:h2:mem:opener;MODE=PostgreSQL;DB_CLOSE_DELAY=-1")
                .user("u")
                .passwordReference("file:database.password");
        DatabaseOpener opener = new DatabaseOpener(context, config, units);
        verify(context, timeout(WITHIN_MILLIS).atLeast(2)).getProperty("smo.data");
        Files.writeString(data.resolve("database.password"), "right");
        assertThat(published().reachable()).isTrue();
        opener.close();

        assertThat(lines())
                .contains("store not available retryMillis=250 reason=\"eu.nephele.smo.core.store:"
                        + " passwordReference=file:database.password cannot be read: there is no file "
                        + data.resolve("database.password") + "\"");
    }

    @Test
    void aWrongPasswordIsSaidInTheWordsOfTheDatabase() throws Exception {
        String url = "jdbc:h2:mem:wrong;MODE=PostgreSQL;DB_CLOSE_DELAY=-1";
        DriverManager.getConnection(url, "u", "right").close();
        Files.writeString(data.resolve("database.password"), "wrong");
        Config config =
                new Config().url(url).user("u").connectTimeoutMillis(500).passwordReference("file:database.password");
        DatabaseOpener opener = new DatabaseOpener(context, config, units);
        verify(driver, timeout(WITHIN_MILLIS).atLeast(2)).createDataSource(any());
        opener.close();

        assertThat(lines())
                .anyMatch(line ->
                        line.contains("Connection is not available") && line.contains("Wrong user name or password"));
        assertThat(lines()).noneMatch(line -> line.contains("right"));
    }

    private List<String> lines() {
        // A copy: threads of the pool go on logging.
        return Stream.of(log.list.toArray(ILoggingEvent[]::new))
                .map(ILoggingEvent::getFormattedMessage)
                .toList();
    }

    @Test
    void aNewerSchemaIsRefusedInOneLine() throws Exception {
        Stores.embedded(data.resolve("db")).close();
        try (Connection newer = DriverManager.getConnection(EmbeddedUrl.url(data.resolve("db")), "sa", "");
                Statement statement = newer.createStatement()) {
            statement.execute("update \"flyway_schema_history\" set \"version\" = '99', \"description\" = 'later'");
        }
        DatabaseOpener opener = new DatabaseOpener(context, new Config(), units);
        verify(driver, timeout(WITHIN_MILLIS)).createDataSource(any());
        opener.close();

        assertThat(log.list).singleElement().satisfies(event -> {
            assertThat(event.getFormattedMessage())
                    .startsWith("opening store failed reason=\"The schema of the database has version 99");
            assertThat(event.getThrowableProxy()).isNull();
        });
    }
}
