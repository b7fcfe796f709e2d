// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.store;

import eu.nephele.smo.core.contract.backup.ArchiveAudit;
import eu.nephele.smo.core.contract.backup.ArchiveException;
import eu.nephele.smo.core.contract.backup.ArchiveReader;
import eu.nephele.smo.core.contract.backup.ArchiveRestorer;
import eu.nephele.smo.core.contract.backup.ArchiveSummary;
import eu.nephele.smo.core.store.backup.TableLoader;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.function.Consumer;
import javax.sql.DataSource;

/** Restores archives into H2 and PostgreSQL. */
public final class DatabaseRestorer implements ArchiveRestorer {

    @Override
    public RestoreReport restore(ArchiveSource archive, RestoreTarget target, Consumer<String> progress)
            throws IOException {
        ArchiveSummary checked;
        try (InputStream in = new BufferedInputStream(archive.open())) {
            checked = ArchiveReader.read(in, new ArchiveAudit());
        }
        progress.accept("The archive %s of %s is whole: %d tables, %d rows"
                .formatted(
                        checked.header().id(),
                        checked.header().takenAt(),
                        checked.manifest().tables().size(),
                        checked.manifest().rows()));
        try (NewDatabase database = target.database().url().isPresent()
                ? PostgresTarget.open(target, target.database().url().get(), checked.header(), progress)
                : EmbeddedTarget.open(target, checked.header())) {
            return fill(database, archive, checked, target, progress);
        } catch (SQLException e) {
            throw new IOException("The database has failed: " + e.getMessage(), e);
        }
    }

    private static RestoreReport fill(
            NewDatabase database,
            ArchiveSource archive,
            ArchiveSummary checked,
            RestoreTarget target,
            Consumer<String> progress)
            throws SQLException, IOException {
        DataSource source = database.source();
        SqlDialect dialect = SqlDialect.from(source);
        SchemaMigration.prepare(source, dialect, checked.header().schema());
        load(source, dialect, archive, checked, progress);
        SchemaMigration.migrate(source, dialect);
        long entry;
        try (Connection connection = source.getConnection()) {
            connection.setAutoCommit(false);
            entry = new RestoreEntry(connection).append(checked.header(), target);
            database.complete(connection);
            connection.commit();
        }
        String schema = SchemaMigration.newest(source, dialect);
        database.publish();
        return new RestoreReport(checked, database.place(), database.product(), schema, entry, database.replaces());
    }

    private static void load(
            DataSource source,
            SqlDialect dialect,
            ArchiveSource archive,
            ArchiveSummary checked,
            Consumer<String> progress)
            throws SQLException, IOException {
        try (Connection connection = source.getConnection()) {
            if (dialect == SqlDialect.H2) {
                try (Statement statement = connection.createStatement()) {
                    // what is read back is not kept in memory
                    statement.execute("set lazy_query_execution true");
                }
            }
            try (TableLoader loader = new TableLoader(connection, progress);
                    InputStream in = new BufferedInputStream(archive.open())) {
                ArchiveSummary loaded = ArchiveReader.read(in, loader);
                if (!loaded.equals(checked)) {
                    throw new ArchiveException("The archive was changed while it was restored; run smo restore again");
                }
                loader.verify();
            }
        }
    }
}
