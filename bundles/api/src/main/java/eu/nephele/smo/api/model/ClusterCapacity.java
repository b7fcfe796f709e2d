// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.api.model;

import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/**
 * A cluster as a decision sees it.
 *
 * @param id who
 * @param free what the decision may use: allocatable less foreign load less the reservations of other graphs; what the services
 *     of the decision use there themselves is credited back
 * @param allocatable what the nodes offer in total
 * @param occupied whether anything beside the services of this decision runs or is reserved there; using an unoccupied cluster
 *     has its opening cost
 * @param labels Kubernetes labels
 * @param energy electric power
 * @param signals carbon, renewable share, price
 */
public record ClusterCapacity(
        ClusterId id,
        Resources free,
        Resources allocatable,
        boolean occupied,
        Map<String, String> labels,
        EnergyProfile energy,
        ClusterSignals signals) {

    public ClusterCapacity {
        labels = Collections.unmodifiableMap(new TreeMap<>(labels));
    }

    /** A cluster of which only the free capacity matters. */
    public static ClusterCapacity of(ClusterId id, Resources free) {
        return new ClusterCapacity(id, free, free, false, Map.of(), EnergyProfile.UNKNOWN, ClusterSignals.UNKNOWN);
    }
}
