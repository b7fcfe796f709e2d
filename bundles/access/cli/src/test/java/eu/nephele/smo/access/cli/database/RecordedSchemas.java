// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.access.cli.database;

import eu.nephele.smo.core.contract.database.DatabaseLocation;
import eu.nephele.smo.core.contract.database.SchemaAdministrator;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** The version of its tables is in the file {@code version} of the data directory, 3 is the newest; one that has the file {@code used} is in use. */
public final class RecordedSchemas implements SchemaAdministrator {

    private static final Instant NOON = Instant.parse("2026-11-28T12:00:00.5Z");

    @Override
    public SchemaReport examine(DatabaseLocation database) throws IOException {
        int version = Integer.parseInt(Files.readString(database.data().resolve("version")));
        return new SchemaReport(
                database.url().orElse(database.data().toString()),
                database.url().isPresent() ? "PostgreSQL" : "H2",
                String.valueOf(version),
                "3",
                List.of(step(1, version), step(2, version), step(3, version)),
                Files.exists(database.data().resolve("wrong")) ? List.of("Migration 1 is another one") : List.of());
    }

    private static SchemaStep step(int number, int version) {
        boolean done = number <= version;
        return new SchemaStep(
                String.valueOf(number),
                "step " + number,
                done ? SchemaStepState.DONE : SchemaStepState.PENDING,
                done ? Optional.of(NOON) : Optional.empty(),
                Duration.ofMillis(done ? 12 : 0));
    }

    @Override
    public SchemaMigrated migrate(DatabaseLocation database, Consumer<String> progress) throws IOException {
        Path data = database.data();
        if (Files.exists(data.resolve("used"))) {
            throw new IOException("A server is using the data directory " + data);
        }
        SchemaReport before = examine(database);
        progress.accept("as " + database.user().orElse("nobody") + " by "
                + database.password().orElse("nothing"));
        Files.writeString(data.resolve("version"), "3");
        return new SchemaMigrated(before, examine(database));
    }
}
