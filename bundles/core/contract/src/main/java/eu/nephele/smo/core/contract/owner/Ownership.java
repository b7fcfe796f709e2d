// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.contract.owner;

import java.util.Optional;
import org.osgi.annotation.versioning.ProviderType;

/** Who owns the database of this server, as far as it is known here. There as long as the database is open. */
@ProviderType
public interface Ownership {

    /** Whether this server does the work, or stands by. */
    enum Role {
        OWNER,
        STANDBY
    }

    Role role();

    /** The owner as it was seen last; empty when nobody was. */
    Optional<Owner> owner();
}
