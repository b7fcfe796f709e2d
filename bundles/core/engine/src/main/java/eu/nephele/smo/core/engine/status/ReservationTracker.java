// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.engine.status;

import eu.nephele.smo.api.model.ClusterId;
import eu.nephele.smo.api.model.GraphId;
import eu.nephele.smo.api.model.Resources;
import eu.nephele.smo.api.port.WorkloadRef;
import eu.nephele.smo.core.contract.store.DecidedGraph;
import eu.nephele.smo.core.contract.store.GraphRecord;
import eu.nephele.smo.core.contract.store.GraphServices;
import eu.nephele.smo.core.engine.cluster.ClusterInventory;
import eu.nephele.smo.core.engine.decision.Reservations;
import eu.nephele.smo.core.engine.graph.GraphRepository;
import eu.nephele.smo.core.engine.rollout.Rollout;
import java.util.Map;
import java.util.Set;

/** Reservations of graphs on the clusters: the cache of the ledger, and notifications of released capacity. */
public final class ReservationTracker {

    private final ClusterInventory clusterInventory;
    private final GraphRepository graphs;
    private final Runnable roomMade;

    /** @param roomMade called when reservations are released */
    public ReservationTracker(ClusterInventory clusterInventory, GraphRepository graphs, Runnable roomMade) {
        this.clusterInventory = clusterInventory;
        this.graphs = graphs;
        this.roomMade = roomMade;
    }

    public void track(GraphRecord record, DecidedGraph decided) {
        Set<WorkloadRef> refs = Set.copyOf(Rollout.refs(record));
        clusterInventory.track(record.id(), refs, Reservations.compute(decided));
    }

    /** Of a graph that was not read as a whole. */
    public void track(GraphServices graph, Map<ClusterId, Resources> reserved) {
        clusterInventory.track(graph.id(), Set.copyOf(Rollout.refs(graph)), reserved);
    }

    /** Releases the reservations of a graph that runs nothing any more. */
    public void release(GraphId graph) {
        graphs.release(graph);
        clusterInventory.track(graph, Set.of(), Map.of());
        freed();
    }

    void forget(GraphId graph) {
        clusterInventory.forget(graph);
    }

    /** Publishes released capacity to the graphs that wait for it. */
    public void freed() {
        roomMade.run();
    }
}
