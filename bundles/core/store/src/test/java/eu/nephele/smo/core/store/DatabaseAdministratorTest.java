// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.zaxxer.hikari.HikariDataSource;
import eu.nephele.smo.core.contract.database.DatabaseLocation;
import eu.nephele.smo.core.contract.database.SchemaAdministrator;
import eu.nephele.smo.core.contract.database.SchemaAdministrator.SchemaMigrated;
import eu.nephele.smo.core.contract.database.SchemaAdministrator.SchemaReport;
import eu.nephele.smo.core.contract.database.SchemaAdministrator.SchemaStep;
import eu.nephele.smo.core.contract.database.SchemaAdministrator.SchemaStepState;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.UUID;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Tables of former versions, of this one, of a later one, and such that are not as they were migrated. */
class DatabaseAdministratorTest {

    private static final String OLD = "17";

    @TempDir
    private Path folder;

    private final List<String> said = new ArrayList<>();
    private final SchemaAdministrator administrator =
            ServiceLoader.load(SchemaAdministrator.class).findFirst().orElseThrow();

    /** A database with the tables of a version; closed when it is administered. */
    private DatabaseLocation ofVersion(TestDatabase kind, String version) throws Exception {
        DatabaseLocation location = place(kind);
        on(location, source -> Flyway.configure()
                .dataSource(source)
                .placeholders(SqlDialect.from(source).placeholders())
                .target(version)
                .load()
                .migrate());
        return location;
    }

    private DatabaseLocation place(TestDatabase kind) throws IOException {
        Path data = Files.createDirectories(folder.resolve(UUID.randomUUID().toString()));
        Files.createDirectories(data.resolve("db"));
        return kind == TestDatabase.POSTGRESQL
                ? new DatabaseLocation(data, Optional.of(Postgres.newSchema()), Optional.empty(), Optional.empty())
                : DatabaseLocation.embedded(data);
    }

    private interface SourceWork {
        void on(HikariDataSource source) throws Exception;
    }

    private static void on(DatabaseLocation location, SourceWork work) throws Exception {
        boolean embedded = location.url().isEmpty();
        String url = embedded
                ? EmbeddedUrl.url(location.data().resolve("db")) + ";USER=sa"
                : StoreSettings.withTexts(location.url().get());
        try (HikariDataSource source = (HikariDataSource) TestDatabase.dataSource(url)) {
            work.on(source);
            if (embedded) {
                shutDown(source);
            }
        }
    }

    private static void shutDown(HikariDataSource source) throws SQLException {
        try (Connection connection = source.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("shutdown");
        } catch (SQLException closedBeforeItsStatement) {
            assertThat(closedBeforeItsStatement.getErrorCode()).isEqualTo(90121);
        }
    }

    private static void execute(DatabaseLocation location, String sql) throws Exception {
        on(location, source -> {
            try (Connection connection = source.getConnection();
                    Statement statement = connection.createStatement()) {
                statement.execute(sql);
            }
        });
    }

    /** Flyway makes it, and writes that down among the migrations. */
    @Test
    void aSchemaThatIsNotThereIsMade() throws Exception {
        DatabaseLocation location = place(TestDatabase.POSTGRESQL);
        String schema = "smo_made_" + UUID.randomUUID().toString().replace("-", "");
        DatabaseLocation missing = new DatabaseLocation(
                location.data(),
                location.url().map(url -> url.replaceFirst("currentSchema=\\w+", "currentSchema=" + schema)),
                Optional.empty(),
                Optional.empty());
        administrator.migrate(missing, said::add);
        SchemaReport report = administrator.examine(missing);
        assertThat(report.isCurrent()).isTrue();
        assertThat(report.faults()).isEmpty();
        assertThat(report.migrations()).allMatch(step -> step.state() == SchemaStepState.DONE);
    }

    @ParameterizedTest
    @EnumSource(
            value = TestDatabase.class,
            names = {"H2_FILE", "POSTGRESQL"})
    void whatWasDoneAndWhatIsToBeDoneIsTold(TestDatabase kind) throws Exception {
        Instant begin = Instant.now().minusSeconds(5);
        SchemaReport report = administrator.examine(ofVersion(kind, OLD));

        assertThat(report.version()).isEqualTo(OLD);
        assertThat(Integer.parseInt(report.newest())).isGreaterThan(20);
        assertThat(report.product()).isEqualTo(kind == TestDatabase.POSTGRESQL ? "PostgreSQL" : "H2");
        assertThat(report.place()).doesNotContain("?", "currentSchema");
        assertThat(report.faults()).isEmpty();
        assertThat(report.isCurrent()).isFalse();
        SchemaStep first = report.migrations().get(0);
        assertThat(first.state()).isEqualTo(SchemaStepState.DONE);
        assertThat(first.description()).isEqualTo("graphs capacity decisions");
        assertThat(first.at().orElseThrow()).isBetween(begin, Instant.now().plusSeconds(5));
        assertThat(report.pending().get(0).version()).isEqualTo("18");
        assertThat(report.pending()).allSatisfy(step -> assertThat(step.at()).isEmpty());
    }

    @ParameterizedTest
    @EnumSource(
            value = TestDatabase.class,
            names = {"H2_FILE", "POSTGRESQL"})
    void olderTablesBecomeThoseOfThisProgram(TestDatabase kind) throws Exception {
        DatabaseLocation location = ofVersion(kind, OLD);
        SchemaMigrated migrated = administrator.migrate(location, said::add);

        assertThat(migrated.before().version()).isEqualTo(OLD);
        assertThat(migrated.after().version()).isEqualTo(migrated.after().newest());
        assertThat(migrated.after().isCurrent()).isTrue();
        SchemaMigrated again = administrator.migrate(location, said::add);
        assertThat(again.before().pending()).isEmpty();
        on(location, source -> {
            // a server finds nothing to be done, and the lease free
            Stores stores = Stores.open(source);
            assertThat(stores.instance().instanceId()).isNotEmpty();
            if (kind == TestDatabase.POSTGRESQL) {
                try (Lease server = new Lease(
                        source,
                        OwnerCandidate.here(Optional.empty(), Optional.empty()),
                        Duration.ofSeconds(5),
                        System::nanoTime,
                        System::currentTimeMillis,
                        () -> {})) {
                    assertThat(server.seek()).isTrue();
                }
            }
        });
    }

    /** Also those of before there were leases. */
    @Test
    void anEmptyPostgresqlGetsAllTables() throws Exception {
        DatabaseLocation location = place(TestDatabase.POSTGRESQL);
        assertThat(administrator.examine(location).version()).isEqualTo("0");
        assertThat(administrator.migrate(location, said::add).after().isCurrent())
                .isTrue();
        assertThat(administrator
                        .migrate(ofVersion(TestDatabase.POSTGRESQL, "7"), said::add)
                        .after()
                        .isCurrent())
                .isTrue();
    }

    @Test
    void whereNoEmbeddedDatabaseIsNoneIsMade() throws Exception {
        DatabaseLocation location = place(TestDatabase.H2_FILE);
        assertThatThrownBy(() -> administrator.migrate(location, said::add))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("There is no database in");
        assertThat(location.data().resolve("db")).isEmptyDirectory();
    }

    @ParameterizedTest
    @EnumSource(
            value = TestDatabase.class,
            names = {"H2_FILE", "POSTGRESQL"})
    void whatIsNotAsItWasMigratedIsNamedAndLeftAlone(TestDatabase kind) throws Exception {
        DatabaseLocation location = ofVersion(kind, OLD);
        execute(location, "drop table webhook cascade");
        execute(location, "update \"flyway_schema_history\" set \"checksum\" = 7 where \"version\" = '5'");

        SchemaReport report = administrator.examine(location);
        assertThat(report.faults()).hasSize(2);
        assertThat(report.faults().get(0)).contains("its tables are missing: webhook");
        assertThat(report.faults().get(1)).contains("Migration 5", "checksum 7");
        assertThatThrownBy(() -> administrator.migrate(location, said::add))
                .isInstanceOf(IOException.class)
                .hasMessageContainingAll("Migration 5", "Nothing was changed");
        assertThat(administrator.examine(location).version()).isEqualTo(OLD);
    }

    @ParameterizedTest
    @EnumSource(
            value = TestDatabase.class,
            names = {"H2_FILE", "POSTGRESQL"})
    void tablesOfALaterProgramAreRefused(TestDatabase kind) throws Exception {
        DatabaseLocation location = ofVersion(kind, "latest");
        execute(
                location,
                "update \"flyway_schema_history\" set \"version\" = '999' where \"installed_rank\" ="
                        + " (select max(\"installed_rank\") from \"flyway_schema_history\")");
        SchemaReport report = administrator.examine(location);
        assertThat(report.version()).isEqualTo("999");
        assertThat(report.faults()).anySatisfy(fault -> assertThat(fault).contains("has version 999"));
        assertThatThrownBy(() -> administrator.migrate(location, said::add)).hasMessageContaining("has version 999");
    }

    @ParameterizedTest
    @EnumSource(
            value = TestDatabase.class,
            names = {"H2_FILE", "POSTGRESQL"})
    void aMigrationThatHasFailedIsNamed(TestDatabase kind) throws Exception {
        DatabaseLocation location = ofVersion(kind, OLD);
        execute(location, "update \"flyway_schema_history\" set \"success\" = false where \"version\" = '17'");
        assertThat(administrator.examine(location).faults())
                .singleElement()
                .asString()
                .contains("Migration 17 has failed");
    }

    @Test
    void anEmbeddedDatabaseOfARunningServerIsRefused() throws Exception {
        DatabaseLocation location = ofVersion(TestDatabase.H2_FILE, OLD);
        try (FileChannel used = FileChannel.open(
                        location.data().resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                FileLock lock = used.lock()) {
            assertThat(lock.isValid()).isTrue();
            assertThatThrownBy(() -> administrator.migrate(location, said::add))
                    .isInstanceOf(IOException.class)
                    .hasMessageContainingAll("A server is using", "Stop it");
        }
        assertThat(administrator.examine(location).version()).isEqualTo(OLD);
    }

    @Test
    void aPostgresqlThatAServerOwnsIsRefusedAndCanBeLookedAt() throws Exception {
        DatabaseLocation location = ofVersion(TestDatabase.POSTGRESQL, OLD);
        on(location, source -> {
            try (Lease server = new Lease(
                    source,
                    OwnerCandidate.here(Optional.empty(), Optional.empty()),
                    Duration.ofSeconds(1),
                    System::nanoTime,
                    System::currentTimeMillis,
                    () -> {})) {
                assertThat(server.seek()).isTrue();
                assertThatThrownBy(() -> administrator.migrate(location, said::add))
                        .isInstanceOf(IOException.class)
                        .hasMessageContaining("A server owns this database");
                assertThat(administrator.examine(location).version()).isEqualTo(OLD);
            }
        });
        assertThat(administrator.migrate(location, said::add).after().isCurrent())
                .isTrue();
    }

    @Test
    void anUnfinishedRestoreIsRefused() throws Exception {
        DatabaseLocation location = ofVersion(TestDatabase.H2_FILE, OLD);
        Files.createDirectories(location.data().resolve("db/restoring"));
        assertThatThrownBy(() -> administrator.examine(location)).hasMessageContaining("has not ended");
    }

    @Test
    void aUrlOfAnotherDatabaseIsRefused() throws IOException {
        DatabaseLocation location = new DatabaseLocation(
                folder, Optional.of("jdbc:mysql://db/smo"), Optional.empty(), Optional.of("secret"));
        assertThatThrownBy(() -> administrator.examine(location)).hasMessageContaining("expected jdbc:postgresql:");
        assertThat(location.toString()).doesNotContain("secret");
    }
}
