// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.store;

import javax.persistence.EntityManager;

/** Keeps a server that does not own its database any more from working on it. */
interface OwnershipFence {

    OwnershipFence NONE = new OwnershipFence() {
        @Override
        public boolean owns() {
            return true;
        }

        @Override
        public void require() {}

        @Override
        public void require(EntityManager transaction) {}
    };

    /**
     * Returns whether no other server writes: then caches in memory are right. Once it is so, it stays so until the
     * server ends.
     */
    boolean owns();

    /** @throws eu.nephele.smo.api.runtime.SmoException {@code UNAVAILABLE} when it was ours and is not known to be so */
    void require();

    /**
     * Checks the ownership in the database itself at the beginning of a transaction that writes.
     *
     * @throws eu.nephele.smo.api.runtime.SmoException {@code UNAVAILABLE} when it is not ours
     */
    void require(EntityManager transaction);
}
