// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.engine.cluster;

import eu.nephele.smo.api.model.GraphId;
import eu.nephele.smo.api.model.Resources;
import java.util.List;

/**
 * What less important graphs have reserved on a cluster.
 *
 * @param graphs number of these graphs
 * @param total their reservations there together
 * @param named some of them, the least important first
 */
public record LowerReservations(int graphs, Resources total, List<Holder> named) {

    public LowerReservations {
        named = List.copyOf(named);
    }

    public record Holder(GraphId graph, int priority) {}
}
