// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.api.placement;

import eu.nephele.smo.api.model.ClusterCapacity;
import eu.nephele.smo.api.model.ClusterId;
import java.util.List;
import java.util.Map;

/**
 * Where something can be placed.
 *
 * @param unavailable clusters that are known and cannot be used now, with the reason for people
 * @param latencies between the clusters that can, in their order
 */
record Federation(List<ClusterCapacity> clusters, Map<ClusterId, String> unavailable, LatencyMatrix latencies) {}
