// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.zaxxer.hikari.HikariDataSource;
import eu.nephele.smo.api.port.AuditSink.AuditRecord;
import eu.nephele.smo.core.contract.audit.AuditBatch;
import eu.nephele.smo.core.contract.audit.AuditBatch.AuditDraft;
import eu.nephele.smo.core.contract.audit.AuditEntry;
import eu.nephele.smo.core.contract.audit.AuditQuery;
import eu.nephele.smo.core.contract.audit.AuditVerifier;
import eu.nephele.smo.core.contract.backup.ArchiveAudit;
import eu.nephele.smo.core.contract.backup.ArchiveException;
import eu.nephele.smo.core.contract.backup.ArchiveHeader;
import eu.nephele.smo.core.contract.backup.ArchiveReader;
import eu.nephele.smo.core.contract.backup.ArchiveRestorer;
import eu.nephele.smo.core.contract.backup.ArchiveRestorer.AnchoredHead;
import eu.nephele.smo.core.contract.backup.ArchiveRestorer.RestoreReport;
import eu.nephele.smo.core.contract.backup.ArchiveRestorer.RestoreTarget;
import eu.nephele.smo.core.contract.backup.ArchiveSummary;
import eu.nephele.smo.core.contract.database.DatabaseLocation;
import eu.nephele.smo.core.store.backup.SnapshotReader;
import eu.nephele.smo.core.store.backup.TableCatalog;
import eu.nephele.smo.core.store.backup.TableLoader;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** From one database into another one, and what is refused. */
class BackupTest {

    private static final Instant NOON = Instant.parse("2026-11-28T12:00:00.123456Z");
    private static final String LARGE = "x\u00e9".repeat(20_000);

    @TempDir
    private Path folder;

    private final List<String> said = new ArrayList<>();
    private final ArchiveRestorer restorer =
            ServiceLoader.load(ArchiveRestorer.class).findFirst().orElseThrow();

    // ---- databases ----

    /** A place of a database, with which stores can be opened as a server does. */
    private final class Place implements AutoCloseable {

        private final TestDatabase kind;
        private final Path data;
        private final String url;
        private HikariDataSource open;

        Place(TestDatabase kind, String name) {
            this.kind = kind;
            this.data = folder.resolve(name);
            this.url = kind == TestDatabase.POSTGRESQL ? Postgres.newSchema() : EmbeddedUrl.url(data.resolve("db"));
        }

        DataSource source() throws IOException {
            if (open == null) {
                Files.createDirectories(data.resolve("db"));
                open = (HikariDataSource) TestDatabase.dataSource(
                        kind == TestDatabase.POSTGRESQL ? StoreSettings.withTexts(url) : url + ";USER=sa");
            }
            return open;
        }

        Stores stores() throws Exception {
            return Stores.open(source());
        }

        RestoreTarget target(boolean replace) {
            return new RestoreTarget(
                    new DatabaseLocation(
                            data,
                            kind == TestDatabase.POSTGRESQL ? Optional.of(url) : Optional.empty(),
                            Optional.empty(),
                            Optional.empty()),
                    replace,
                    Optional.empty(),
                    "machine:test");
        }

        @Override
        public void close() throws SQLException {
            if (open != null) {
                if (kind != TestDatabase.POSTGRESQL) {
                    execute(open, "shutdown");
                }
                open.close();
                open = null;
            }
        }
    }

    private static void execute(DataSource source, String statement, Object... values) throws SQLException {
        try (Connection connection = source.getConnection();
                PreparedStatement prepared = connection.prepareStatement(statement)) {
            for (int i = 0; i < values.length; i++) {
                prepared.setObject(i + 1, values[i]);
            }
            prepared.execute();
        } catch (SQLException e) {
            if (!statement.equals("shutdown")) {
                throw e;
            }
        }
    }

    private static String text(DataSource source, String query) throws SQLException {
        try (Connection connection = source.getConnection();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(query)) {
            assertThat(row.next()).isTrue();
            return String.valueOf(row.getString(1));
        }
    }

    // ---- content ----

    /** A row in each table, with what databases treat differently, and a chain of the audit. */
    private static void fill(Place place) throws Exception {
        Stores stores = place.stores();
        DataSource source = place.source();
        graph(source, "web", "{\"b\": 1.50, \"a\": [null, true, \"\u00e9\"], \"large\": \"%s\"}".formatted(LARGE));
        execute(source, "insert into service values ('p', 'web-1', 'web')");
        execute(
                source,
                "insert into decided (project, name, generation, wish_number, assignment, placement, leaving, services,"
                        + " clusters, decision_id, strategies, keep_placement, max_replicas_overall, warnings, decided_at)"
                        + " values ('p', 'web', 1, 1, 1, '{}', '[]', '[]', '[]', 'd1', '', '', null, '[]', ?)",
                NOON.toString());
        execute(source, "insert into snapshot (digest, content, shared) values ('zz', '{\"of\":\"many\"}', null)");
        execute(source, "insert into snapshot (digest, content, shared) values ('aa', '{}', 'zz')");
        execute(
                source,
                "insert into decision (id, project, name, kind, generation, decided_at, reason, strategy_id, strategy_version,"
                        + " outcome, fallback, duration_nanos, inputs, details) values ('d1', 'p', 'web', 'placement', 1, ?,"
                        + " 'deploy', 'greedy', '1', 'ok', false, 7, 'aa', '{\"n\": 1e2}')",
                NOON.toString());
        execute(source, "insert into plugin_piece values ('digest', 0, ?)", (Object) new byte[] {0, 1, -1});
        execute(
                source,
                "insert into webhook (id, url, types, projects, secret, paused, created_at) values ('w', 'http://x', '[]',"
                        + " '[]', 's', false, ?)",
                NOON.toString());
        execute(source, "update event_counter set last_sequence = 41");
        execute(source, "update owner set epoch = 7");
        append(stores, 7, 25);
    }

    private static void graph(DataSource source, String name, String descriptor) throws SQLException {
        execute(
                source,
                "insert into desired (project, name, generation, revision, state, descriptor, services, provisional,"
                        + " override_strategies, wish_number, wish, activated, warnings, created_at, updated_at)"
                        + " values ('p', ?, 1, 1, 'RUNNING', ?, '[]', false, '{}', 1, '{}', '[]', '[]', ?, ?)",
                name,
                descriptor,
                NOON.toString(),
                NOON.toString());
    }

    private static void append(Stores stores, long epoch, int count) {
        List<AuditDraft> drafts = IntStream.range(0, count)
                .mapToObj(i -> new AuditDraft(
                        UUID.randomUUID().toString(),
                        new AuditRecord(
                                NOON.plusSeconds(i), "anna", "", "graph.deploy", "graph/p/g" + i, "accepted", "c"),
                        false))
                .toList();
        stores.audit().write(new AuditBatch(epoch, drafts, List.of(), Optional.empty()));
    }

    private static byte[] archive(Place place) throws Exception {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (SnapshotReader reader = SnapshotReader.open(place.source().getConnection(), "0.1.0")) {
            reader.writeTo(out);
        }
        return out.toByteArray();
    }

    private static ArchiveSummary check(byte[] archive) throws IOException {
        return ArchiveReader.read(new ByteArrayInputStream(archive), new ArchiveAudit());
    }

    private RestoreReport restore(byte[] archive, RestoreTarget target) throws IOException {
        return restorer.restore(() -> new ByteArrayInputStream(archive), target, said::add);
    }

    /** Rows of an archive by table, with JSON as it is compared. */
    private static Map<String, List<String>> content(byte[] archive) throws IOException {
        TreeMap<String, List<String>> content = new TreeMap<>();
        ArchiveReader.read(new ByteArrayInputStream(archive), new ArchiveContent(content));
        return content;
    }

    // ---- tests ----

    @ParameterizedTest
    @CsvSource({"H2_FILE,H2_FILE", "H2_FILE,POSTGRESQL", "POSTGRESQL,H2_FILE", "POSTGRESQL,POSTGRESQL"})
    void whatWasInOneDatabaseIsInTheOther(TestDatabase from, TestDatabase to) throws Exception {
        byte[] archive;
        try (Place place = new Place(from, "from")) {
            fill(place);
            archive = archive(place);
        }
        ArchiveHeader header = check(archive).header();
        assertThat(header.auditHead().sequence()).isEqualTo(25);
        assertThat(header.epoch()).isEqualTo(7);
        assertThat(header.lastEvent()).isEqualTo(41);

        try (Place place = new Place(to, "to")) {
            RestoreReport report = restore(archive, place.target(false));
            assertThat(report.archive().header()).isEqualTo(header);
            assertThat(report.entry()).isEqualTo(26);
            assertThat(report.replaced()).isFalse();
            assertThat(report.schema()).isEqualTo(header.schema());

            Stores stores = place.stores();
            assertThat(stores.instance().instanceId()).isEqualTo(header.installation());
            Map<String, List<String>> before = content(archive);
            Map<String, List<String>> after = content(archive(place));
            // what a restore changes on purpose
            before.keySet().removeAll(List.of("audit_entry", "audit_head", "owner"));
            after.keySet().removeAll(List.of("audit_entry", "audit_head", "owner"));
            assertThat(after).isEqualTo(before);
            assertThat(text(place.source(), "select epoch from owner")).isEqualTo("8");

            List<AuditEntry> entries = stores.audit().entries(AuditQuery.after(0), 100);
            assertThat(entries).hasSize(26);
            assertThat(entries.get(25).content())
                    .extracting(AuditRecord::action, AuditRecord::principal, AuditRecord::correlationId)
                    .containsExactly("database.restore", "machine:test", header.id());
            assertThat(entries.get(25).content().detail())
                    .contains(
                            header.id(),
                            header.takenAt().toString(),
                            header.auditHead().hash());
            append(stores, 9, 3);
            AuditVerifier verifier = new AuditVerifier(List.of());
            stores.audit().entries(AuditQuery.after(0), 100).forEach(verifier::entry);
            assertThat(verifier.end().faults()).isEmpty();

            execute(
                    place.source(),
                    "insert into webhook (id, url, types, projects, secret, paused, created_at) values ('v', 'http://x',"
                            + " '[]', '[]', 's', false, '2026-01-01T00:00:00Z')");
            assertThat(text(place.source(), "select ordinal from webhook where id = 'v'"))
                    .as("the next number goes on")
                    .isEqualTo("2");
        }
    }

    /** What is acknowledged before is in it, nothing of a change is in it without the rest, and large texts are what they were. */
    @ParameterizedTest
    @EnumSource(
            value = TestDatabase.class,
            names = {"H2_FILE", "POSTGRESQL"})
    void aSnapshotIsOfOneMomentWhileOthersWrite(TestDatabase kind) throws Exception {
        try (Place place = new Place(kind, "under-load")) {
            Stores stores = place.stores();
            DataSource source = place.source();
            for (int i = 0; i < 200; i++) {
                graph(source, "g" + i, "{\"version\": 0, \"large\": \"%s\"}".formatted(LARGE));
            }
            AtomicLong acknowledged = new AtomicLong();
            AtomicBoolean ending = new AtomicBoolean();
            CountDownLatch busy = new CountDownLatch(1);
            CompletableFuture<Void> writer = CompletableFuture.runAsync(() -> {
                for (long version = 1; !ending.get(); version++) {
                    change(source, version);
                    append(stores, 1, 2);
                    acknowledged.set(version);
                    if (version == 3) {
                        busy.countDown();
                    }
                }
            });
            busy.await();
            long before = acknowledged.get();
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            try (SnapshotReader reader = SnapshotReader.open(source.getConnection(), "0.1.0")) {
                long taken = acknowledged.get();
                // writers go on while it is read
                while (acknowledged.get() < taken + 3) {
                    Thread.onSpinWait();
                }
                reader.writeTo(out);
            } finally {
                ending.set(true);
            }
            writer.join();
            check(out.toByteArray());
            List<String> graphs = content(out.toByteArray()).get("desired");
            assertThat(graphs).hasSize(200);
            List<String> versions = graphs.stream()
                    .map(row -> row.replaceFirst("(?s).*\"version\": ?(\\d+).*", "$1"))
                    .distinct()
                    .toList();
            assertThat(versions).as("all rows are of one commit").hasSize(1);
            assertThat(Long.parseLong(versions.get(0))).isBetween(before, acknowledged.get() - 2);
            assertThat(graphs).allSatisfy(row -> assertThat(row).contains(LARGE));
        }
    }

    /** One transaction for all graphs. */
    private static void change(DataSource source, long version) {
        try (Connection connection = source.getConnection();
                PreparedStatement update = connection.prepareStatement("update desired set descriptor = ?")) {
            connection.setAutoCommit(false);
            update.setObject(1, "{\"version\": %d, \"large\": \"%s\"}".formatted(version, LARGE));
            update.executeUpdate();
            connection.commit();
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void aConnectionGoesBackAsItWas() throws Exception {
        try (Place place = new Place(TestDatabase.H2_FILE, "pool")) {
            place.stores();
            archive(place);
            try (Connection connection = place.source().getConnection()) {
                assertThat(connection.getAutoCommit()).isTrue();
                assertThat(connection.getTransactionIsolation()).isEqualTo(Connection.TRANSACTION_READ_COMMITTED);
            }
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = TestDatabase.class,
            names = {"H2_FILE", "POSTGRESQL"})
    void whatIsThereIsReplacedOnlyWhenThatIsAskedFor(TestDatabase kind) throws Exception {
        byte[] archive;
        try (Place place = new Place(TestDatabase.H2_FILE, "from")) {
            fill(place);
            archive = archive(place);
        }
        Place place = new Place(kind, "to");
        place.stores();
        graph(place.source(), "other", "{}");
        place.close();
        assertThatThrownBy(() -> restore(archive, place.target(false)))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("--replace");
        assertThat(text(place.source(), "select name from desired")).isEqualTo("other");
        place.close();
        assertThat(restore(archive, place.target(true)).replaced()).isTrue();
        assertThat(text(place.source(), "select name from desired")).isEqualTo("web");
        place.stores();
        assertThat(text(place.source(), "select count(*) from \"flyway_schema_history\" where \"type\" = 'BASELINE'"))
                .isEqualTo("0");
        place.close();
    }

    /** Another installation whose schema is on the search path, too, keeps its tables, also with --replace. */
    @Test
    void tablesOfOthersOnTheSearchPathAreLeft() throws Exception {
        byte[] archive;
        try (Place place = new Place(TestDatabase.H2_FILE, "from")) {
            fill(place);
            archive = archive(place);
        }
        try (Place others = new Place(TestDatabase.POSTGRESQL, "others");
                Place own = new Place(TestDatabase.POSTGRESQL, "own")) {
            others.stores();
            graph(others.source(), "other", "{}");
            execute(others.source(), "create table smo_restore (archive text)");
            String schema = others.url.replaceAll(".*currentSchema=([^&]+).*", "$1");
            String both = own.url.replaceAll("(currentSchema=[^&]+)", "$1," + schema);
            assertThat(both).contains("," + schema);
            RestoreTarget onBoth = new RestoreTarget(
                    new DatabaseLocation(own.data, Optional.of(both), Optional.empty(), Optional.empty()),
                    true,
                    Optional.empty(),
                    "machine:test");
            assertThat(restore(archive, onBoth).replaced()).isFalse();
            assertThat(text(own.source(), "select name from desired")).isEqualTo("web");
            assertThat(text(others.source(), "select name from desired")).isEqualTo("other");
            // and with tables of its own
            assertThat(restore(archive, onBoth).replaced()).isTrue();
            assertThat(text(others.source(), "select name from desired")).isEqualTo("other");
        }
    }

    @Test
    void anArchiveOfANewerProgramIsRefusedBeforeAnythingIsWritten() throws Exception {
        byte[] archive;
        try (Place place = new Place(TestDatabase.H2_FILE, "from")) {
            place.stores();
            execute(
                    place.source(),
                    "update \"flyway_schema_history\" set \"version\" = '999' where \"installed_rank\" ="
                            + " (select max(\"installed_rank\") from \"flyway_schema_history\")");
            archive = archive(place);
        }
        for (TestDatabase kind : List.of(TestDatabase.H2_FILE, TestDatabase.POSTGRESQL)) {
            try (Place place = new Place(kind, "newer-" + kind)) {
                assertThatThrownBy(() -> restore(archive, place.target(false)))
                        .isInstanceOf(ArchiveException.class)
                        .hasMessageContainingAll("version 999", "a newer one");
                assertThat(place.data.resolve("db/restoring")).doesNotExist();
                place.stores();
            }
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = TestDatabase.class,
            names = {"H2_FILE", "POSTGRESQL"})
    void anArchiveOfAnOlderProgramIsMigrated(TestDatabase kind) throws Exception {
        byte[] archive;
        try (Place place = new Place(TestDatabase.H2_FILE, "from")) {
            DataSource source = place.source();
            Flyway.configure()
                    .dataSource(source)
                    .placeholders(SqlDialect.H2.placeholders())
                    .target("17")
                    .load()
                    .migrate();
            execute(source, "insert into instance values (1, 'here', ?)", NOON.toString());
            execute(
                    source,
                    "insert into event (sequence, id, type, happened_at, project, name, service, generation, operation,"
                            + " correlation_id, data) values (1, 'e', 't', ?, 'p', 'g', '', 1, '', 'c', '{}')",
                    NOON.toString());
            archive = archive(place);
        }
        assertThat(check(archive).header().schema()).isEqualTo("17");
        try (Place place = new Place(kind, "to")) {
            RestoreReport report = restore(archive, place.target(false));
            assertThat(Integer.parseInt(report.schema())).isGreaterThanOrEqualTo(18);
            place.stores();
            assertThat(text(place.source(), "select trace_parent from event")).isEmpty();
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = TestDatabase.class,
            names = {"H2_FILE", "POSTGRESQL"})
    void aBrokenArchiveChangesNothing(TestDatabase kind) throws Exception {
        byte[] archive;
        try (Place place = new Place(TestDatabase.H2_FILE, "from")) {
            fill(place);
            archive = archive(place);
        }
        byte[] cut = Arrays.copyOf(archive, archive.length - 40);
        try (Place place = new Place(kind, "to")) {
            assertThatThrownBy(() -> restore(cut, place.target(true))).isInstanceOf(ArchiveException.class);
            assertThat(place.data).doesNotExist();
            if (kind == TestDatabase.POSTGRESQL) {
                assertThat(text(
                                place.source(),
                                "select count(*) from information_schema.tables where table_schema = current_schema"))
                        .isEqualTo("0");
            }
        }
    }

    /** The second reading is of a file that somebody has cut off meanwhile: what a kill leaves behind. */
    @ParameterizedTest
    @EnumSource(
            value = TestDatabase.class,
            names = {"H2_FILE", "POSTGRESQL"})
    void aRestoreThatDidNotEndIsSeenAndBegunAnew(TestDatabase kind) throws Exception {
        byte[] archive;
        try (Place place = new Place(TestDatabase.H2_FILE, "from")) {
            fill(place);
            archive = archive(place);
        }
        Place place = new Place(kind, "to");
        List<byte[]> readings = new ArrayList<>(List.of(archive, Arrays.copyOf(archive, archive.length / 2)));
        assertThatThrownBy(() -> restorer.restore(
                        () -> new ByteArrayInputStream(readings.remove(0)), place.target(false), said::add))
                .isInstanceOf(IOException.class);
        if (kind == TestDatabase.POSTGRESQL) {
            assertThatThrownBy(() -> UnfinishedRestore.refuse(place.source()))
                    .isInstanceOf(SQLException.class)
                    .hasMessageContaining("has not ended");
        } else {
            assertThatThrownBy(() -> UnfinishedRestore.refuse(place.data.resolve("db")))
                    .isInstanceOf(SQLException.class)
                    .hasMessageContaining("has not ended");
        }
        assertThat(restore(archive, place.target(false)).replaced()).isFalse();
        assertThat(text(place.source(), "select name from desired")).isEqualTo("web");
        if (kind == TestDatabase.POSTGRESQL) {
            UnfinishedRestore.refuse(place.source());
        } else {
            UnfinishedRestore.refuse(place.data.resolve("db"));
        }
        place.close();
    }

    @Test
    void anEmbeddedDatabaseThatWasNotReplacedAfterAllIsUsedAsBefore() throws Exception {
        byte[] archive;
        try (Place place = new Place(TestDatabase.H2_FILE, "from")) {
            fill(place);
            archive = archive(place);
        }
        Place place = new Place(TestDatabase.H2_FILE, "to");
        place.stores();
        graph(place.source(), "other", "{}");
        place.close();
        List<byte[]> readings = new ArrayList<>(List.of(archive, Arrays.copyOf(archive, archive.length / 2)));
        assertThatThrownBy(() -> restorer.restore(
                        () -> new ByteArrayInputStream(readings.remove(0)), place.target(true), said::add))
                .isInstanceOf(IOException.class);
        UnfinishedRestore.refuse(place.data.resolve("db"));
        assertThat(text(place.source(), "select name from desired")).isEqualTo("other");
        place.close();
    }

    @Test
    void aDataDirectoryThatAServerUsesIsRefused() throws Exception {
        byte[] archive;
        try (Place place = new Place(TestDatabase.H2_FILE, "from")) {
            fill(place);
            archive = archive(place);
        }
        Place place = new Place(TestDatabase.H2_FILE, "to");
        Files.createDirectories(place.data);
        try (FileChannel used = FileChannel.open(
                        place.data.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                FileLock lock = used.lock()) {
            assertThat(lock.isValid()).isTrue();
            assertThatThrownBy(() -> restore(archive, place.target(true)))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("A server is using");
        }
        assertThat(place.data.resolve("db")).doesNotExist();
    }

    @Test
    void aDatabaseThatAServerOwnsIsRefused() throws Exception {
        byte[] archive;
        try (Place place = new Place(TestDatabase.H2_FILE, "from")) {
            fill(place);
            archive = archive(place);
        }
        try (Place place = new Place(TestDatabase.POSTGRESQL, "to")) {
            place.stores();
            AtomicBoolean ending = new AtomicBoolean();
            DataSource source = place.source();
            execute(source, "update lease set holder = 'smo-x-1000ms', server = 's', expires_at = now()");
            CompletableFuture<Void> owner = CompletableFuture.runAsync(() -> {
                while (!ending.get()) {
                    try {
                        execute(source, "update lease set expires_at = now() + interval '1 second'");
                        Thread.sleep(200);
                    } catch (SQLException | InterruptedException e) {
                        throw new IllegalStateException(e);
                    }
                }
            });
            assertThatThrownBy(() -> restore(archive, place.target(true)))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("A server owns this database");
            ending.set(true);
            owner.join();
            assertThat(restore(archive, place.target(true)).replaced())
                    .as("the owner has died")
                    .isTrue();
        }
    }

    @Test
    void theEntryNamesWhatIsLost() throws Exception {
        byte[] archive;
        try (Place place = new Place(TestDatabase.H2_FILE, "from")) {
            fill(place);
            archive = archive(place);
        }
        try (Place place = new Place(TestDatabase.H2_FILE, "to")) {
            RestoreTarget usual = place.target(false);
            restore(
                    archive,
                    new RestoreTarget(
                            usual.database(), false, Optional.of(new AnchoredHead(31, "ff", NOON)), "machine:test"));
            assertThat(text(place.source(), "select detail from audit_entry where action = 'database.restore'"))
                    .contains("lost is what was anchored up to 31 ff at " + NOON);
        }
    }

    @Test
    void aTextThatPostgresqlCannotStoreIsNamed() throws Exception {
        byte[] archive;
        try (Place place = new Place(TestDatabase.H2_FILE, "from")) {
            fill(place);
            execute(place.source(), "update cluster_note set reason = ''");
            execute(
                    place.source(),
                    "insert into tombstone values ('p', ?, '', 'k', ?)",
                    "a" + (char) 0 + "b",
                    NOON.toString());
            archive = archive(place);
        }
        try (Place place = new Place(TestDatabase.POSTGRESQL, "to")) {
            assertThatThrownBy(() -> restore(archive, place.target(false)))
                    .isInstanceOf(IOException.class)
                    .hasMessageContainingAll("tombstone", "0x00");
        }
    }

    @Test
    void aFalsifiedAuditIsRefused() throws Exception {
        byte[] archive;
        try (Place place = new Place(TestDatabase.H2_FILE, "from")) {
            fill(place);
            execute(place.source(), "update audit_entry set actor = 'eve' where sequence = 7");
            archive = archive(place);
        }
        assertThatThrownBy(() -> check(archive))
                .isInstanceOf(ArchiveException.class)
                .hasMessageContainingAll("CHANGED at 7");
    }

    @Test
    void whatIsReadBackIsComparedWithTheArchive() throws Exception {
        byte[] archive;
        String version;
        try (Place place = new Place(TestDatabase.H2_FILE, "from")) {
            fill(place);
            archive = archive(place);
            version = text(
                    place.source(),
                    "select \"version\" from \"flyway_schema_history\" order by \"installed_rank\" desc limit 1");
        }
        try (Place place = new Place(TestDatabase.H2_FILE, "to")) {
            SchemaMigration.prepare(place.source(), SqlDialect.H2, version);
            try (Connection connection = place.source().getConnection();
                    TableLoader loader = new TableLoader(connection, said::add)) {
                ArchiveReader.read(new ByteArrayInputStream(archive), loader);
                loader.verify();
                execute(place.source(), "update webhook set secret = 'other'");
                assertThatThrownBy(loader::verify)
                        .isInstanceOf(IOException.class)
                        .hasMessageContaining("webhook");
            }
        }
    }

    @Test
    void allTablesButThoseOfOneDatabaseAreInIt() throws Exception {
        try (Place place = new Place(TestDatabase.H2_FILE, "from")) {
            place.stores();
            try (Connection connection = place.source().getConnection()) {
                List<String> tables = TableCatalog.read(connection).tables().stream()
                        .map(table -> table.name())
                        .toList();
                List<String> all = new ArrayList<>(SchemaMigration.tables(place.source(), SqlDialect.H2));
                all.removeAll(List.of("lease", TableCatalog.MIGRATIONS));
                assertThat(tables).containsExactlyInAnyOrderElementsOf(all);
                assertThat(tables.subList(tables.size() - 3, tables.size())).containsAll(List.of("audit_entry"));
            }
        }
    }
}
