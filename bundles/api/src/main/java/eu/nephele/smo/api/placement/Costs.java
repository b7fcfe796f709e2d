// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.api.placement;

import org.osgi.annotation.versioning.ProviderType;

/**
 * The weighted sum of all objectives of one level, as fixed-point numbers: millionths of a cost unit. Plain numbers, so that
 * any objective works with any strategy and every run adds up to the same total.
 */
@ProviderType
public interface Costs {

    /** Micro-units that one cost unit has. */
    long MICROS = 1_000_000;

    /** Cost of running all replicas of a service on a cluster, micro-units, 0 or more. */
    long assign(int service, int cluster);

    /** Cost of using an unoccupied cluster at all, micro-units, 0 or more; 0 for clusters that are occupied anyway. */
    long open(int cluster);

    /** Cost of one unit of traffic between two clusters, micro-units, 0 or more; 0 on the diagonal. */
    long distance(int from, int to);
}
