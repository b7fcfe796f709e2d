// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.plugins;

import eu.nephele.smo.api.runtime.Tenure;
import eu.nephele.smo.core.contract.owner.Ownership;
import eu.nephele.smo.core.contract.store.PluginStore;
import eu.nephele.smo.core.plugins.life.Neighbours;
import java.util.Optional;

/** Whether this server says what is installed, or follows one that does. What was known last holds while the database is away. */
final class Turn {

    /** Who this server is. */
    enum Role {
        /** there was no database so far */
        UNKNOWN,
        OWNER,
        STANDBY
    }

    private final Neighbours neighbours;
    private volatile Role role = Role.UNKNOWN;

    Turn(Neighbours neighbours) {
        this.neighbours = neighbours;
    }

    /** Looks anew. */
    Role look() {
        if (neighbours.find(Tenure.class).isPresent()) {
            role = Role.OWNER;
        } else if (neighbours
                .find(Ownership.class)
                .filter(ownership -> ownership.role() == Ownership.Role.STANDBY)
                .isPresent()) {
            role = Role.STANDBY;
        }
        return role;
    }

    Role role() {
        return role;
    }

    boolean standsBy() {
        return role == Role.STANDBY;
    }

    /** What this server has to be in accord with; empty while the database is away. */
    Optional<PluginStore> store() {
        return neighbours.find(PluginStore.class);
    }
}
