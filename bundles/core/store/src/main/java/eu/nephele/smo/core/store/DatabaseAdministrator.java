// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.store;

import eu.nephele.smo.core.contract.database.DatabaseLocation;
import eu.nephele.smo.core.contract.database.SchemaAdministrator;
import java.io.IOException;
import java.sql.SQLException;
import java.util.function.Consumer;
import org.flywaydb.core.api.FlywayException;

/** Administers the tables in H2 and PostgreSQL. */
public final class DatabaseAdministrator implements SchemaAdministrator {

    @Override
    public SchemaReport examine(DatabaseLocation database) throws IOException {
        return with(database, OfflineDatabase::examine);
    }

    @Override
    public SchemaMigrated migrate(DatabaseLocation database, Consumer<String> progress) throws IOException {
        return with(database, offline -> {
            SchemaReport before = offline.examine();
            if (!before.faults().isEmpty()) {
                throw new IOException("%s. Nothing was changed".formatted(String.join("; ", before.faults())));
            }
            if (before.pending().isEmpty()) {
                return new SchemaMigrated(before, before);
            }
            offline.migrate(progress);
            return new SchemaMigrated(before, offline.examine());
        });
    }

    private interface DatabaseWork<T> {
        T on(OfflineDatabase database) throws IOException, SQLException;
    }

    private static <T> T with(DatabaseLocation location, DatabaseWork<T> work) throws IOException {
        try (OfflineDatabase database = OfflineDatabase.open(location)) {
            return work.on(database);
        } catch (SQLException | FlywayException e) {
            throw new IOException("The database has failed: " + e.getMessage(), e);
        }
    }
}
