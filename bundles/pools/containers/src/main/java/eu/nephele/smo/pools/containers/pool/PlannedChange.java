// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.pools.containers.pool;

import eu.nephele.smo.api.runtime.Resource;

/** A change of the pool that was found to be possible; nothing is changed yet. */
public final class PlannedChange {

    private final Resource present;
    private final PoolDocument next;

    PlannedChange(Resource present, PoolDocument next) {
        this.present = present;
        this.next = next;
    }

    /** What the pool is. */
    Resource present() {
        return present;
    }

    /** What it is to be. */
    PoolDocument next() {
        return next;
    }
}
