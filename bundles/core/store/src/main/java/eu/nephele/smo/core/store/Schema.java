// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.store;

import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.MigrationInfo;
import org.flywaydb.core.api.MigrationState;

/** Brings the tables to the version of this program, before anybody looks at them. */
final class Schema {

    private Schema() {}

    /**
     * Applies the migrations that are missing.
     *
     * @throws SchemaTooNewException if the database has migrations that this program does not know; Flyway alone would go on
     */
    static void migrate(DataSource dataSource, Dialect dialect) {
        Flyway flyway = Flyway.configure(Schema.class.getClassLoader())
                .dataSource(dataSource)
                .locations("classpath:db/migration")
                .placeholders(dialect.placeholders())
                .loggers("slf4j")
                .load();
        String known = "0";
        for (MigrationInfo migration : flyway.info().all()) {
            MigrationState state = migration.getState();
            if (state == MigrationState.FUTURE_SUCCESS || state == MigrationState.FUTURE_FAILED) {
                throw new SchemaTooNewException(String.valueOf(migration.getVersion()), known);
            }
            known = String.valueOf(migration.getVersion());
        }
        flyway.migrate();
    }
}
