// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.store;

import eu.nephele.smo.core.contract.backup.ArchiveException;
import eu.nephele.smo.core.contract.backup.ArchiveHeader;
import eu.nephele.smo.core.store.backup.TableCatalog;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.MigrationInfo;
import org.flywaydb.core.api.MigrationState;
import org.flywaydb.core.api.configuration.FluentConfiguration;

/** Migrates the tables to the version of this program, before they are read. */
final class SchemaMigration {

    private static final String FOLDER = "db/migration";
    private static final String NAME = "insert into instance (id, instance_id, created_at)"
            + " values (1, ?, current_timestamp) on conflict do nothing";

    private static final Pattern CREATED = Pattern.compile("(?m)^create table (\\w+)");

    private SchemaMigration() {}

    /**
     * @throws SchemaTooNewException if the database has migrations that this program does not know; Flyway alone would go on
     */
    static void migrate(DataSource dataSource, SqlDialect dialect) throws SQLException {
        Flyway flyway = flyway(dataSource, dialect);
        requireNotNewer(flyway);
        flyway.migrate();
        name(dataSource);
    }

    /** Tables of this version are those of an installation. */
    private static void name(DataSource dataSource) throws SQLException {
        try (Connection connection = dataSource.getConnection();
                PreparedStatement statement = connection.prepareStatement(NAME)) {
            statement.setString(1, UUID.randomUUID().toString());
            statement.executeUpdate();
            if (!connection.getAutoCommit()) {
                connection.commit();
            }
        }
    }

    /**
     * Looks and changes nothing.
     *
     * @throws SchemaTooNewException as above
     */
    static void requireNotNewer(DataSource dataSource, SqlDialect dialect) {
        requireNotNewer(flyway(dataSource, dialect));
    }

    /**
     * Returns whether the tables are those of this program; another server may have them in another version.
     *
     * @throws SchemaTooNewException as above
     */
    static boolean isCurrent(DataSource dataSource, SqlDialect dialect) {
        Flyway flyway = flyway(dataSource, dialect);
        requireNotNewer(flyway);
        return flyway.info().pending().length == 0;
    }

    /**
     * Makes the tables as a version has them, for a restore; its mark is there already.
     *
     * @param version number of the last migration
     */
    static void prepare(DataSource dataSource, SqlDialect dialect, String version) throws SQLException {
        // beside the mark, Flyway takes the schema for that of somebody else; it is to begin at nothing
        configuration(dataSource, dialect)
                .baselineOnMigrate(true)
                .baselineVersion("0")
                .target(version)
                .load()
                .migrate();
        try (Connection connection = dataSource.getConnection();
                Statement statement = connection.createStatement()) {
            statement.executeUpdate("delete from \"flyway_schema_history\" where \"type\" = 'BASELINE'");
            if (!connection.getAutoCommit()) {
                connection.commit();
            }
        }
    }

    /** Returns the number of the last migration that was done. */
    static String newest(DataSource dataSource, SqlDialect dialect) {
        MigrationInfo current = flyway(dataSource, dialect).info().current();
        return current == null ? "0" : String.valueOf(current.getVersion());
    }

    /**
     * Looks and changes nothing.
     *
     * @throws ArchiveException when an archive has tables of a version that this program has no migrations to
     */
    static void requireKnown(DataSource dataSource, SqlDialect dialect, ArchiveHeader archive) throws ArchiveException {
        String known = "0";
        for (MigrationInfo migration : flyway(dataSource, dialect).info().all()) {
            if (migration.getState().isResolved()) {
                known = String.valueOf(migration.getVersion());
                if (known.equals(archive.schema())) {
                    return;
                }
            }
        }
        throw new ArchiveException(
                "The archive has tables of version %s, written by version %s of the program; this program knows versions up to %s. Restore it with that version of the program, or a newer one."
                        .formatted(archive.schema(), archive.server(), known));
    }

    /** Returns the names of all tables that this program makes, and of the one that keeps the migrations. */
    static List<String> tables(DataSource dataSource, SqlDialect dialect) throws IOException {
        List<String> tables = new ArrayList<>(List.of(TableCatalog.MIGRATIONS));
        for (MigrationInfo migration : all(dataSource, dialect)) {
            if (migration.getState().isResolved()) {
                tables.addAll(created(migration, dialect));
            }
        }
        return tables;
    }

    /** Returns the names of the tables that a migration of this program makes. */
    static List<String> created(MigrationInfo migration, SqlDialect dialect) throws IOException {
        List<String> tables = new ArrayList<>();
        Matcher created = CREATED.matcher(script(migration.getScript(), dialect));
        while (created.find()) {
            tables.add(created.group(1));
        }
        return tables;
    }

    /** Returns all migrations that were done or are known, the oldest first, without the mark of a schema that Flyway has made. */
    static List<MigrationInfo> all(DataSource dataSource, SqlDialect dialect) {
        return Stream.of(flyway(dataSource, dialect).info().all())
                .filter(migration -> migration.getVersion() != null)
                .toList();
    }

    static String script(String name, SqlDialect dialect) throws IOException {
        try (InputStream file = SchemaMigration.class.getResourceAsStream("/" + FOLDER + "/" + name)) {
            String text = new String(Objects.requireNonNull(file, name).readAllBytes(), StandardCharsets.UTF_8);
            for (Map.Entry<String, String> open : dialect.placeholders().entrySet()) {
                text = text.replace("${" + open.getKey() + "}", open.getValue());
            }
            return text;
        }
    }

    private static Flyway flyway(DataSource dataSource, SqlDialect dialect) {
        return configuration(dataSource, dialect).load();
    }

    private static FluentConfiguration configuration(DataSource dataSource, SqlDialect dialect) {
        return Flyway.configure(SchemaMigration.class.getClassLoader())
                .dataSource(dataSource)
                .locations("classpath:" + FOLDER)
                .placeholders(dialect.placeholders())
                .loggers("slf4j");
    }

    private static void requireNotNewer(Flyway flyway) {
        String known = "0";
        for (MigrationInfo migration : flyway.info().all()) {
            MigrationState state = migration.getState();
            if (state == MigrationState.FUTURE_SUCCESS || state == MigrationState.FUTURE_FAILED) {
                throw new SchemaTooNewException(String.valueOf(migration.getVersion()), known);
            }
            known = String.valueOf(migration.getVersion());
        }
    }
}
