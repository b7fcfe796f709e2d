// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.store;

import eu.nephele.smo.api.model.ClusterId;
import java.util.Comparator;

/**
 * One row of the ledger.
 *
 * @param cluster where
 * @param resource what, by the names of {@code Resources.byName()}
 */
record Slot(ClusterId cluster, String resource) implements Comparable<Slot> {

    /** Everybody locks in this order: clusters by name. */
    private static final Comparator<Slot> ORDER =
            Comparator.comparing(Slot::cluster).thenComparing(Slot::resource);

    @Override
    public int compareTo(Slot other) {
        return ORDER.compare(this, other);
    }
}
