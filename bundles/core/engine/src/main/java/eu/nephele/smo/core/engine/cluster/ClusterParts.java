// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.engine.cluster;

import eu.nephele.smo.core.engine.context.EngineContext;
import eu.nephele.smo.core.engine.context.Memory;
import eu.nephele.smo.core.engine.graph.GraphParts;
import eu.nephele.smo.core.engine.operation.OperationParts;

/** What knows the world outside, put together. */
public record ClusterParts(Ports ports, ClusterBoard board, ClusterDesk desk) {

    public static ClusterParts of(EngineContext context, Ports ports, GraphParts graph, OperationParts operation) {
        Memory memory = context.memory();
        ClusterBoard board =
                new ClusterBoard(ports, memory.capacity(), context.settings().failoverGrace(), context.clock());
        ClusterNotes notes = new ClusterNotes(memory.clusters(), board, graph.happenings(), context.clock());
        Drains drains = new Drains(
                notes,
                operation.operations(),
                board,
                graph.graphs(),
                graph.census(),
                context.admission(),
                context.clock());
        ClusterDesk desk = new ClusterDesk(notes, drains, board, graph.census(), graph.dashboards(), context.queue());
        return new ClusterParts(ports, board, desk);
    }
}
