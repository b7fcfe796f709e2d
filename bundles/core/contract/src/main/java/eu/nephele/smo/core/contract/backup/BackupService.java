// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.contract.backup;

import eu.nephele.smo.api.runtime.CallContext;
import java.io.IOException;
import java.io.OutputStream;

/** Takes backups of the database while it is used. Implemented by {@code core/store}. */
public interface BackupService {

    /**
     * Begins one backup; one at a time. Whoever gets it writes it, or closes it, within a minute: else the next one ends it.
     *
     * @throws eu.nephele.smo.api.runtime.SmoException {@code FORBIDDEN} or {@code NOT_FOUND} when the caller does not administer the
     *     server, {@code CONFLICT} while another backup is written, {@code UNAVAILABLE} when the database does not answer, or on a standby
     */
    RunningBackup begin(CallContext call);

    /** A snapshot of the database: it has everything that was committed before it was begun, and nothing of later. */
    interface RunningBackup extends AutoCloseable {

        /** What the archive begins with. */
        ArchiveHeader header();

        /**
         * Writes the archive and closes this.
         *
         * @throws IOException when it cannot be written, or the database fails: then the archive has no manifest and is refused by
         *     whoever reads it
         */
        void writeTo(OutputStream out) throws IOException;

        /** Ends the snapshot. */
        @Override
        void close();
    }
}
