// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.engine.operation;

import eu.nephele.smo.api.graph.Operation;
import eu.nephele.smo.api.graph.OperationService;
import eu.nephele.smo.core.engine.context.EngineContext;
import eu.nephele.smo.core.engine.context.Memory;
import eu.nephele.smo.core.engine.graph.GraphParts;
import java.util.function.UnaryOperator;

/** What keeps the operations, put together. */
public record OperationParts(Operations operations, Repeats repeats) {

    public static OperationParts of(EngineContext context, GraphParts graph) {
        Memory memory = context.memory();
        Operations operations = new Operations(memory.operations(), context.clock());
        return new OperationParts(
                operations, new Repeats(memory.operations(), memory.graphs(), operations, graph.views()));
    }

    /** @param endDrain cancels the drain of a cluster */
    public OperationService desk(EngineContext context, GraphParts graph, UnaryOperator<Operation> endDrain) {
        Memory memory = context.memory();
        return new OperationDesk(
                memory.operations(),
                memory.graphs(),
                memory.revisions(),
                context.rooms().reader(),
                graph.graphs(),
                operations,
                graph.declarations(),
                endDrain,
                context::changed,
                context.clock());
    }
}
