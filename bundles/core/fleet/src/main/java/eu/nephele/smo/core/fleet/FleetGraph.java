// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.fleet;

import eu.nephele.smo.api.model.GraphId;
import eu.nephele.smo.api.placement.PlacementLink;
import eu.nephele.smo.core.contract.fleet.FleetWorld.FleetMember;
import java.util.List;

/**
 * A graph that may move, as consecutive rows of a {@link FleetProblem}.
 *
 * @param first row of its first service
 */
record FleetGraph(FleetMember member, int first) {

    GraphId id() {
        return member.graph();
    }

    /** Who gets the room when there is not enough: the higher number. */
    int priority() {
        return member.priority();
    }

    int size() {
        return member.problem().services().size();
    }

    String service(int row) {
        return member.problem().services().get(row - first).id();
    }

    /** Its links, between its own indexes. */
    List<PlacementLink> links() {
        return member.problem().links();
    }
}
