// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.engine.cluster;

import eu.nephele.smo.core.engine.context.EngineContext;
import eu.nephele.smo.core.engine.context.Memory;
import eu.nephele.smo.core.engine.graph.GraphRegister;
import eu.nephele.smo.core.engine.operation.Operations;

/** The clusters, by what adapters and operators say of them. */
public record Federation(Ports ports, ClusterBoard board, ClusterDesk desk) {

    public static Federation of(EngineContext context, Ports ports, GraphRegister register, Operations operations) {
        Memory memory = context.memory();
        ClusterBoard board = new ClusterBoard(
                ports, memory.capacity(), context.settings().failoverGrace(), context.clock(), context.time());
        ClusterNotes notes = new ClusterNotes(memory.clusters(), board, register.happenings(), context.clock());
        Drains drains = new Drains(
                notes, operations, board, register.graphs(), register.census(), context.admission(), context.clock());
        ClusterDesk desk =
                new ClusterDesk(notes, drains, board, register.census(), register.dashboards(), context.queue());
        return new Federation(ports, board, desk);
    }
}
