// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.contract.store;

import eu.nephele.smo.api.port.WorkloadRef;
import java.time.Instant;
import java.util.List;

/** Keeps what was found outside without an owner, and since when. */
public interface TombstoneStore {

    List<Tombstone> list();

    /** Stores it unless it is there; the time of the first finding stays. */
    void put(Tombstone tombstone);

    void delete(Tombstone tombstone);

    /**
     * @param kind artifact type of the release, or {@code alert-rule}
     * @param foundAt when it was found first
     */
    record Tombstone(WorkloadRef workload, String kind, Instant foundAt) {}
}
