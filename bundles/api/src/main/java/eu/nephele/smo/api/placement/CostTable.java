// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.api.placement;

import org.osgi.annotation.versioning.ProviderType;

/**
 * Costs of one objective, in its own unit. Cells that are not set cost 0; setting a cell again replaces it. Indexes are those
 * of the request. A value that is NaN, infinite or negative makes the objective faulty: it is left out of the decision, which
 * reports that.
 */
@ProviderType
public interface CostTable {

    /** Cost of running all replicas of a service on a cluster. */
    void assign(int service, int cluster, double cost);

    /** Cost of using an unoccupied cluster at all. */
    void open(int cluster, double cost);

    /** Cost of one unit of traffic from one cluster to another, one direction. */
    void distance(int from, int to, double cost);
}
