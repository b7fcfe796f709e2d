// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.ops.configuration;

import eu.nephele.smo.core.contract.owner.Ownership.Role;
import eu.nephele.smo.core.contract.store.ConfigurationStore;
import java.util.Optional;

interface OwnerServices {

    /** Empty while the database is not open. */
    Optional<ConfigurationStore> store();

    /** Empty while the role is unknown. */
    Optional<Role> role();
}
