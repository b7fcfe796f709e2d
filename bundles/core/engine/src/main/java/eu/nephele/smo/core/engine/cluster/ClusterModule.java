// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.engine.cluster;

import eu.nephele.smo.core.engine.context.EngineContext;
import eu.nephele.smo.core.engine.context.EngineStores;
import eu.nephele.smo.core.engine.graph.GraphModule;
import eu.nephele.smo.core.engine.operation.OperationTracker;

/** Clusters, as adapters report them and operators direct them. */
public record ClusterModule(AdapterPorts ports, ClusterInventory board, ClusterOperations desk) {

    public static ClusterModule create(
            EngineContext context, AdapterPorts ports, GraphModule register, OperationTracker operations) {
        EngineStores engineStores = context.memory();
        ClusterInventory board = new ClusterInventory(
                ports, engineStores.capacity(), context.settings().failoverGrace(), context.clock(), context.time());
        ClusterNotes notes = new ClusterNotes(engineStores.clusters(), board, register.happenings(), context.clock());
        ClusterDrains drains = new ClusterDrains(
                notes, operations, board, register.graphs(), register.census(), context.admission(), context.clock());
        ClusterOperations desk =
                new ClusterOperations(notes, drains, board, register.census(), register.dashboards(), context.queue());
        return new ClusterModule(ports, board, desk);
    }
}
