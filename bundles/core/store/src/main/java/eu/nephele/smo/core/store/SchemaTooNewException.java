// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.store;

import java.io.Serial;

/** The database was written by a newer program; this one would damage it. */
public final class SchemaTooNewException extends RuntimeException {

    @Serial
    private static final long serialVersionUID = 1L;

    SchemaTooNewException(String found, String known) {
        super(("The schema of the database has version %s, this program knows versions up to %s. "
                        + "Start the program version that wrote it, or restore a backup from before the update.")
                .formatted(found, known));
    }
}
