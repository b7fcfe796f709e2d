// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.store;

import java.sql.SQLException;

/** Another server works on the database. It may end soon. */
final class OwnedElsewhereException extends SQLException {

    private static final long serialVersionUID = 1L;

    /** @param owner which server, for people */
    OwnedElsewhereException(String owner) {
        super("The database belongs to another server: %s. Stop that one, or give this one a database of its own."
                .formatted(owner));
    }
}
