// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.engine.operation;

import eu.nephele.smo.api.graph.Operation;
import eu.nephele.smo.api.graph.OperationService;
import eu.nephele.smo.core.engine.context.EngineContext;
import eu.nephele.smo.core.engine.graph.GraphParts;
import java.util.function.UnaryOperator;

/** What keeps the operations, put together. */
public record OperationParts(Operations operations) {

    public static OperationParts of(EngineContext context) {
        return new OperationParts(new Operations(context.memory().operations(), context.clock()));
    }

    /** @param endDrain cancels the drain of a cluster */
    public OperationService desk(EngineContext context, GraphParts graph, UnaryOperator<Operation> endDrain) {
        return new OperationDesk(
                graph.revisions(),
                graph.graphs(),
                operations,
                graph.declarations(),
                endDrain,
                context.queue(),
                context.clock());
    }
}
