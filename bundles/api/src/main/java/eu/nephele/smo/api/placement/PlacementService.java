// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.api.placement;

import eu.nephele.smo.api.model.Resources;

/**
 * One service to be placed, a row of the problem.
 *
 * @param id service id
 * @param perReplica what one replica needs
 * @param replicas how many replicas have to find room, 0 or more
 * @param division on how many clusters, and in which shares; a service that is divided only goes to strategies with the capability
 *     {@link PlacementStrategy#SPLITS}
 */
public record PlacementService(String id, Resources perReplica, int replicas, ReplicaDivision division) {

    public PlacementService {
        if (replicas < 0) {
            throw new IllegalArgumentException("replicas=%d, expected 0 or more (service %s)".formatted(replicas, id));
        }
    }

    /** A service in equal shares over at least that many clusters, 1 or more. */
    public PlacementService(String id, Resources perReplica, int replicas, int overClusters) {
        this(id, perReplica, replicas, ReplicaDivision.over(overClusters));
    }

    /** Returns on how many clusters its replicas have to be at least. */
    public int overClusters() {
        return division.leastClusters(replicas);
    }

    /** Returns whether its replicas have to run on more than one cluster. */
    public boolean isDivided() {
        return division.divides(replicas);
    }

    /** Returns the sum of the demands of all replicas. */
    public Resources demand() {
        return perReplica.times(replicas);
    }
}
