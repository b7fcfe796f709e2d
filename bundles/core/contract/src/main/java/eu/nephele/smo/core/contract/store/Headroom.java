// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.contract.store;

import eu.nephele.smo.api.model.ClusterId;
import eu.nephele.smo.api.model.Resources;
import java.util.Map;

/**
 * Room that a graph has beyond the limits of clusters, because pods of its own which are going to end are counted in these.
 *
 * @param limits as they were when that was judged: one that is another by now counts as it is
 * @param capacities what all graphs together may have reserved after a reservation of this one; counts where it is above the limit
 */
public record Headroom(Map<ClusterId, Resources> limits, Map<ClusterId, Resources> capacities) {

    /** The limits count. */
    public static final Headroom NONE = new Headroom(Map.of(), Map.of());

    public Headroom {
        limits = Map.copyOf(limits);
        capacities = Map.copyOf(capacities);
    }
}
