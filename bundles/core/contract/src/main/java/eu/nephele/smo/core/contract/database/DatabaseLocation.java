// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.contract.database;

import java.nio.file.Path;
import java.util.Optional;

/**
 * Where the database of a server is.
 *
 * @param data directory of the server; the embedded database is in its folder {@code db}
 * @param url of a database, empty for the embedded one
 * @param user of the database, empty for none
 * @param password of that user, empty for none
 */
public record DatabaseLocation(Path data, Optional<String> url, Optional<String> user, Optional<String> password) {

    /** The one that a server embeds. */
    public static DatabaseLocation embedded(Path data) {
        return new DatabaseLocation(data, Optional.empty(), Optional.empty(), Optional.empty());
    }

    /** Keeps the password out of logs. */
    @Override
    public String toString() {
        return "DatabaseLocation[" + data + "]";
    }
}
