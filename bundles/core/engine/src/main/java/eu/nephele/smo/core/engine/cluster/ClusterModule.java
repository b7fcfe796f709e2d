// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.engine.cluster;

import eu.nephele.smo.core.engine.context.EngineContext;
import eu.nephele.smo.core.engine.context.EngineStores;
import eu.nephele.smo.core.engine.graph.GraphModule;
import eu.nephele.smo.core.engine.operation.OperationTracker;

/** Clusters, as adapters report them and operators direct them. */
public record ClusterModule(
        AdapterPorts ports, ClusterInventory clusterInventory, ClusterOperations clusterOperations) {

    public static ClusterModule create(
            EngineContext context, AdapterPorts ports, GraphModule register, OperationTracker operations) {
        EngineStores engineStores = context.memory();
        ClusterInventory clusterInventory = new ClusterInventory(
                ports,
                engineStores.capacity(),
                register.graphIndex()::priority,
                context.settings().failoverGrace(),
                context.clock(),
                context.time());
        ClusterNotes notes = new ClusterNotes(
                engineStores.clusters(), clusterInventory, register.graphEventFactory(), context.clock());
        ClusterDrains drains = new ClusterDrains(
                notes,
                operations,
                clusterInventory,
                register.graphs(),
                register.graphIndex(),
                context.admission(),
                context.clock());
        ClusterOperations clusterOperations = new ClusterOperations(
                notes, drains, clusterInventory, register.placementOrder(), register.dashboards(), context.queue());
        return new ClusterModule(ports, clusterInventory, clusterOperations);
    }
}
