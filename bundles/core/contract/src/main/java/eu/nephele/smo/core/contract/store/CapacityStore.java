// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.contract.store;

import eu.nephele.smo.api.model.ClusterId;
import eu.nephele.smo.api.model.GraphId;
import eu.nephele.smo.api.model.Resources;
import eu.nephele.smo.core.contract.quota.QuotaPart;
import java.util.Map;

/**
 * The capacity ledger's memory: per cluster a limit (what graphs of ours may use in total) and what each graph has reserved.
 * Reservations are written by {@link GraphStore#commit}.
 */
public interface CapacityStore {

    /** Sets the limits of the given clusters. A limit below what is reserved is fine: nothing more is given out then. */
    void setLimits(Map<ClusterId, Resources> limits);

    /** Sum of the reservations per cluster; clusters without any are missing. */
    Map<ClusterId, Resources> reserved();

    /** Returns the reservations of one graph, per cluster. */
    Map<ClusterId, Resources> reservedBy(GraphId graph);

    /**
     * What placements take of the resources that the quota of a graph's project limits, by the name of the resource.
     * {@link GraphStore#commit} refuses what would exceed it. Stores without quotas limit nothing.
     */
    default Map<String, QuotaPart> quota(GraphId graph) {
        return Map.of();
    }

    /**
     * Recomputes the sums from the reservations of the graphs; for the start.
     *
     * @return what each graph has reserved, per cluster; graphs without any are missing
     */
    Map<GraphId, Map<ClusterId, Resources>> rebuild();
}
