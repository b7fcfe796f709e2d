// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.plugins;

import eu.nephele.smo.api.runtime.Tenure;
import eu.nephele.smo.core.contract.owner.Ownership;
import eu.nephele.smo.core.contract.store.PluginStore;
import eu.nephele.smo.core.plugins.life.OptionalServices;
import java.util.Optional;

/**
 * Checks whether this server decides which plugins are installed, or follows another one. The last known role holds
 * while the database is unavailable.
 */
final class StoreAuthority {

    enum AuthorityRole {
        /** there was no database so far */
        UNKNOWN,
        OWNER,
        STANDBY
    }

    private final OptionalServices optionalServices;
    private volatile AuthorityRole role = AuthorityRole.UNKNOWN;

    StoreAuthority(OptionalServices optionalServices) {
        this.optionalServices = optionalServices;
    }

    AuthorityRole check() {
        if (optionalServices.find(Tenure.class).isPresent()) {
            role = AuthorityRole.OWNER;
        } else if (optionalServices
                .find(Ownership.class)
                .filter(ownership -> ownership.role() == Ownership.Role.STANDBY)
                .isPresent()) {
            role = AuthorityRole.STANDBY;
        }
        return role;
    }

    AuthorityRole role() {
        return role;
    }

    boolean standsBy() {
        return role == AuthorityRole.STANDBY;
    }

    /** Empty while the database is unavailable. */
    Optional<PluginStore> store() {
        return optionalServices.find(PluginStore.class);
    }
}
