// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.store;

import eu.nephele.smo.core.contract.database.SchemaAdministrator.SchemaReport;
import eu.nephele.smo.core.contract.database.SchemaAdministrator.SchemaStep;
import eu.nephele.smo.core.contract.database.SchemaAdministrator.SchemaStepState;
import java.io.IOException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import javax.sql.DataSource;
import org.flywaydb.core.api.MigrationInfo;

/** What was migrated in a database, and whether it is still so. Changes nothing. */
final class SchemaExamination {

    private static final String TABLES =
            "select lower(table_name) from information_schema.tables where table_schema = current_schema";

    private final DataSource source;
    private final SqlDialect dialect;

    SchemaExamination(DataSource source, SqlDialect dialect) {
        this.source = source;
        this.dialect = dialect;
    }

    SchemaReport report(String place) throws SQLException, IOException {
        String version = "0";
        String newest = "0";
        List<SchemaStep> steps = new ArrayList<>();
        List<String> faults = new ArrayList<>();
        Set<String> present = present();
        for (MigrationInfo migration : SchemaMigration.all(source, dialect)) {
            SchemaStep step = step(migration);
            steps.add(step);
            if (migration.getState().isResolved()) {
                newest = step.version();
            }
            if (step.state() != SchemaStepState.PENDING) {
                version = step.version();
            }
            fault(migration, step, newest).ifPresent(faults::add);
            if (step.state() == SchemaStepState.DONE) {
                missing(migration, present).ifPresent(faults::add);
            }
        }
        return new SchemaReport(place, dialect == SqlDialect.H2 ? "H2" : "PostgreSQL", version, newest, steps, faults);
    }

    private static SchemaStep step(MigrationInfo migration) {
        Integer millis = migration.getExecutionTime();
        return new SchemaStep(
                String.valueOf(migration.getVersion()),
                migration.getDescription(),
                state(migration),
                Optional.ofNullable(migration.getInstalledOn()).map(at -> at.toInstant()),
                Duration.ofMillis(millis == null ? 0 : millis));
    }

    private static SchemaStepState state(MigrationInfo migration) {
        if (migration.getState().isFailed()) {
            return SchemaStepState.FAILED;
        }
        if (!migration.getState().isResolved()) {
            return SchemaStepState.UNKNOWN;
        }
        return migration.getState().isApplied() ? SchemaStepState.DONE : SchemaStepState.PENDING;
    }

    private static Optional<String> fault(MigrationInfo migration, SchemaStep step, String newest) {
        return switch (step.state()) {
            case FAILED ->
                Optional.of(
                        "Migration %s has failed and may have left half of itself behind; restore the database as it was before"
                                .formatted(step.version()));
            case UNKNOWN -> Optional.ofNullable(new SchemaTooNewException(step.version(), newest).getMessage());
            case DONE ->
                migration.isChecksumMatching()
                        ? Optional.empty()
                        : Optional.of(
                                "Migration %s was done with another content than this program has (checksum %s, here %s); use the version of the program that did it"
                                        .formatted(
                                                step.version(),
                                                migration.getAppliedChecksum(),
                                                migration.getResolvedChecksum()));
            case PENDING -> Optional.empty();
        };
    }

    private Optional<String> missing(MigrationInfo migration, Set<String> present) throws IOException {
        List<String> missing = SchemaMigration.created(migration, dialect).stream()
                .filter(table -> !present.contains(table))
                .toList();
        return missing.isEmpty()
                ? Optional.empty()
                : Optional.of("Migration %s was done, but its tables are missing: %s"
                        .formatted(migration.getVersion(), String.join(", ", missing)));
    }

    private Set<String> present() throws SQLException {
        Set<String> present = new HashSet<>();
        try (Connection connection = source.getConnection();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(TABLES)) {
            while (rows.next()) {
                present.add(rows.getString(1));
            }
        }
        return present;
    }
}
