// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.contract.overview;

import eu.nephele.smo.api.model.ClusterId;
import eu.nephele.smo.api.model.GraphId;
import eu.nephele.smo.api.runtime.CallContext;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The graphs of all projects, answered from memory. A graph that the caller may not see is neither shown nor counted, and one
 * that is being removed is gone. A server that stands by answers with what was stored some seconds ago.
 */
public interface OverviewService {

    /** The next graphs of a selection, in its order. */
    List<GraphEntry> graphs(OverviewQuery query, CallContext call);

    /** Sums over all graphs that the caller may see; empty when there is none. */
    Optional<GraphTotals> totals(CallContext call);

    /** What is placed on each cluster; clusters without any service are left out. */
    Map<ClusterId, ClusterUse> clusters(CallContext call);

    /**
     * The next services that are placed on a cluster, by project, graph and service.
     *
     * @param after the service at which the page before ended
     * @param limit at most this many, 1 or more
     */
    List<HostedService> services(ClusterId cluster, Optional<HostedKey> after, int limit, CallContext call);

    /** A service of a graph. */
    record HostedKey(GraphId graph, String service) implements Comparable<HostedKey> {

        @Override
        public int compareTo(HostedKey other) {
            int byGraph = graph.compareTo(other.graph);
            return byGraph == 0 ? service.compareTo(other.service) : byGraph;
        }
    }
}
