// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.store;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.MigrationInfo;
import org.flywaydb.core.api.MigrationState;

/** Migrates the tables to the version of this program, before they are read. */
final class SchemaMigration {

    private static final String FOLDER = "db/migration";
    private static final String NAME = "insert into instance (id, instance_id, created_at)"
            + " values (1, ?, current_timestamp) on conflict do nothing";

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
        return Flyway.configure(SchemaMigration.class.getClassLoader())
                .dataSource(dataSource)
                .locations("classpath:" + FOLDER)
                .placeholders(dialect.placeholders())
                .loggers("slf4j")
                .load();
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
