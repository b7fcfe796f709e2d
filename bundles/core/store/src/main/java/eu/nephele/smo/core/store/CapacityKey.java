// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.store;

import eu.nephele.smo.api.model.ClusterId;
import java.util.Comparator;

/**
 * One row of the ledger.
 *
 * @param resource what, by the names of {@code Resources.byName()}
 */
record CapacityKey(ClusterId cluster, String resource) implements Comparable<CapacityKey> {

    /** Everybody locks in this order: clusters by name. */
    private static final Comparator<CapacityKey> ORDER =
            Comparator.comparing(CapacityKey::cluster).thenComparing(CapacityKey::resource);

    @Override
    public int compareTo(CapacityKey other) {
        return ORDER.compare(this, other);
    }
}
