// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.contract.owner;

import java.time.Duration;
import java.util.Optional;
import org.osgi.annotation.versioning.ProviderType;

/** Owner of the database of this server, as far as it is known here. Present as long as the database is open. */
@ProviderType
public interface Ownership {

    /** Checks whether this server does the work, or stands by. */
    enum Role {
        OWNER,
        STANDBY
    }

    Role role();

    /** The owner as it was read last; empty without one. */
    Optional<Owner> owner();

    /**
     * The age of the last answered poll of the database by a server that stands by, from its beginning; polls happen
     * several times in a lease. Empty for the owner of a database that nobody else can open, and before the first poll.
     */
    default Optional<Duration> sinceLook() {
        return Optional.empty();
    }
}
