// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.contract.owner;

import java.net.URI;
import java.time.Instant;
import java.util.Optional;

/**
 * A server that owns a database.
 *
 * @param id unique among all servers and starts
 * @param process its id there
 * @param address where clients reach it; empty when it does not say
 * @param epoch rises by each change of the owner
 * @param since when it became the owner, by the clock of the database
 */
public record Owner(String id, String host, long process, Optional<URI> address, long epoch, Instant since) {

    /** For people. */
    @Override
    public String toString() {
        return "process %d on %s%s, the owner since %s"
                .formatted(process, host, address.map(uri -> " at " + uri).orElse(""), since);
    }
}
