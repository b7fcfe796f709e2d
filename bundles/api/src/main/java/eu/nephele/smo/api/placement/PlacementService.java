// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.api.placement;

import eu.nephele.smo.api.model.Resources;

/**
 * One service to be placed, a row of the problem.
 *
 * @param id service id
 * @param perReplica what one replica needs
 * @param replicas how many replicas have to find room, 0 or more
 * @param overClusters replicas have to be on at least this many clusters, 1 or more; more than 1 only goes to strategies with
 *     the capability {@link PlacementStrategy#SPLITS}
 */
public record PlacementService(String id, Resources perReplica, int replicas, int overClusters) {

    public PlacementService {
        if (replicas < 0 || overClusters < 1) {
            throw new IllegalArgumentException(
                    "Expected replicas >= 0 and overClusters >= 1, got replicas=%d overClusters=%d (service %s)"
                            .formatted(replicas, overClusters, id));
        }
    }

    /** Returns the sum of the demands of all replicas. */
    public Resources demand() {
        return perReplica.times(replicas);
    }
}
