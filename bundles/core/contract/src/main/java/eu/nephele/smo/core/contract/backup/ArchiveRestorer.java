// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.contract.backup;

import eu.nephele.smo.core.contract.database.DatabaseLocation;
import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Fills a database from an archive, in a program of its own, while no server uses that database. Found by
 * {@link java.util.ServiceLoader}: whoever restores knows no database.
 */
public interface ArchiveRestorer {

    /**
     * Restores an archive. The archive is read twice: it is checked as a whole before anything is changed.
     *
     * @param archive opened anew for each reading, not encrypted
     * @param progress hears what is done, for people
     * @throws ArchiveException when the archive is not whole, is newer than this program, or does not fit its tables; nothing was changed
     * @throws IOException when the database is not empty, is used by a server, or fails; the message says what to do
     */
    RestoreReport restore(ArchiveSource archive, RestoreTarget target, Consumer<String> progress) throws IOException;

    /** An archive that can be read more than once. */
    interface ArchiveSource {
        InputStream open() throws IOException;
    }

    /**
     * Where an archive is restored to.
     *
     * @param database which is filled
     * @param replace what is in the database is removed
     * @param anchored the newest head of the audit that is known outside; the entry of the restore names it when it is not in the archive
     * @param by who restores, for the audit
     */
    record RestoreTarget(DatabaseLocation database, boolean replace, Optional<AnchoredHead> anchored, String by) {}

    /** A head of the audit that was signed and is kept outside. */
    record AnchoredHead(long sequence, String hash, Instant at) {}

    /**
     * What was restored.
     *
     * @param archive as it was checked
     * @param place the database without its parameters
     * @param database its product
     * @param schema version of its tables now
     * @param entry sequence of the entry in the audit that declares the restore
     * @param replaced whether something was there before
     */
    record RestoreReport(
            ArchiveSummary archive, String place, String database, String schema, long entry, boolean replaced) {}
}
