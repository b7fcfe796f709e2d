// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.harness.energy;

import eu.nephele.smo.api.model.ClusterId;
import eu.nephele.smo.api.model.Placement;

/**
 * What is known of a graph at one moment of the day.
 *
 * @param ordered as it was ordered
 * @param placement where its services run
 * @param leaving where replicas still run that are about to end
 */
record SeenGraph(DayGraph ordered, Placement placement, Placement leaving) {

    /** Name of the region of a service, "" where it is nowhere. */
    String place(String service) {
        return placement.clusterOf(service).map(ClusterId::name).orElse("");
    }
}
