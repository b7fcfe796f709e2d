// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.harness.energy;

import eu.nephele.smo.api.model.ClusterId;
import eu.nephele.smo.api.model.Placement;
import java.util.Set;
import java.util.TreeSet;

/**
 * What is known of a graph at one moment of the day.
 *
 * @param ordered as it was ordered
 * @param placement where its services run, or will as soon as the world has followed
 * @param leaving where replicas still run that are about to end
 * @param interrupted services that run nowhere yet: their old places were given up before the new ones begin
 */
record SeenGraph(DayGraph ordered, Placement placement, Placement leaving, Set<String> interrupted) {

    SeenGraph {
        interrupted = Set.copyOf(interrupted);
    }

    /** Names of the regions of a service; none where it is nowhere. */
    Set<String> places(String service) {
        Set<String> places = new TreeSet<>();
        for (ClusterId cluster : placement.clustersOf(service)) {
            places.add(cluster.name());
        }
        return places;
    }
}
