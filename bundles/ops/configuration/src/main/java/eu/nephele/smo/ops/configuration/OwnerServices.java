// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.ops.configuration;

import eu.nephele.smo.core.contract.owner.Ownership.Role;
import eu.nephele.smo.core.contract.store.ConfigurationStore;
import java.util.Optional;

/** The store and this server's part in it, as they are at the moment. */
interface OwnerServices {

    /** Empty while the database is not open. */
    Optional<ConfigurationStore> store();

    /** Empty while nobody knows. */
    Optional<Role> role();
}
