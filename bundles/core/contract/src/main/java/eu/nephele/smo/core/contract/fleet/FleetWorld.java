// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.contract.fleet;

import eu.nephele.smo.api.graph.Change;
import eu.nephele.smo.api.model.ClusterCapacity;
import eu.nephele.smo.api.model.ClusterId;
import eu.nephele.smo.api.model.ClusterState;
import eu.nephele.smo.api.model.GraphId;
import eu.nephele.smo.api.model.Resources;
import eu.nephele.smo.api.placement.PlacementRequest;
import eu.nephele.smo.api.runtime.RequestOrigin;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;

/** The engine's graphs for those who decide about many of them together. It does not check who asks. */
public interface FleetWorld {

    /** Graphs that shall run, in order. */
    List<GraphId> graphs();

    /**
     * These graphs and all clusters that are ready.
     *
     * @param added clusters that are not there, of which the intents of the graphs are asked as well
     * @throws eu.nephele.smo.api.runtime.SmoException {@code UNAVAILABLE}: the clusters are not known now
     */
    FleetSnapshot snapshot(Collection<GraphId> graphs, List<ClusterState> added);

    /** The desired state and the assignment of a graph as one word, as plans of one graph compare them; "" when it is gone. */
    String basis(GraphId graph);

    /** Returns whether so much more fits on the clusters now, beside all that is reserved there. */
    boolean fits(Map<ClusterId, Resources> more);

    /**
     * Moves services of a graph as a plan of one graph does.
     *
     * @param basis as the plan found it
     * @param places of all services of the graph
     * @throws eu.nephele.smo.api.runtime.SmoException {@code CONFLICT}: the graph has changed, or does not move now
     */
    Change move(GraphId graph, String basis, Map<String, ClusterId> places, String plan, RequestOrigin origin);

    /**
     * @param clusters those that are ready, in order; what the members have reserved counts as free
     * @param members graphs that are placed
     * @param unplaced graphs that no strategy places, and why
     */
    record FleetSnapshot(List<ClusterCapacity> clusters, List<FleetMember> members, Map<GraphId, String> unplaced) {

        public FleetSnapshot {
            clusters = List.copyOf(clusters);
            members = List.copyOf(members);
            unplaced = Map.copyOf(unplaced);
        }
    }

    /**
     * A graph that is placed.
     *
     * @param priority who gets the room when there is not enough: the higher number
     * @param problem its own, as if it were placed again alone
     * @param reserved what it has reserved, by cluster
     * @param stays why it does not move, "" when it may
     * @param movesLeft services that may still move within the hour; empty for no limit
     * @param notOnAdded service → added cluster → why its intents exclude it
     */
    record FleetMember(
            GraphId graph,
            String basis,
            int priority,
            PlacementRequest problem,
            Map<ClusterId, Resources> reserved,
            String stays,
            OptionalInt movesLeft,
            Map<String, Map<ClusterId, String>> notOnAdded) {

        public FleetMember {
            reserved = Map.copyOf(reserved);
        }
    }
}
