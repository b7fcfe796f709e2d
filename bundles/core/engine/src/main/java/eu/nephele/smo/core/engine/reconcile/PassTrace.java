// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.engine.reconcile;

import eu.nephele.smo.api.model.GraphId;
import eu.nephele.smo.api.runtime.Operation;
import eu.nephele.smo.core.contract.trace.LogFields;
import eu.nephele.smo.core.contract.trace.OperationTrace;
import eu.nephele.smo.core.contract.trace.TraceContext;
import eu.nephele.smo.core.contract.trace.TraceSpan;
import eu.nephele.smo.core.contract.trace.Tracing;
import eu.nephele.smo.core.contract.work.WorkQueue.PassResult;
import eu.nephele.smo.core.engine.operation.OperationTracker;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.slf4j.MDC;

/** The span of a pass, in the trace of the oldest open operation of its graph, and what its log lines carry. */
public final class PassTrace {

    private final OperationTracker operations;
    private final Tracing tracing;

    PassTrace(OperationTracker operations, Tracing tracing) {
        this.operations = operations;
        this.tracing = tracing;
    }

    public PassResult within(GraphId id, Function<GraphId, PassResult> pass) {
        MDC.put(LogFields.PROJECT, id.project());
        MDC.put(LogFields.GRAPH, id.toString());
        Optional<Operation> cause = oldest(operations.list(id));
        cause.ifPresent(PassTrace::mark);
        Optional<TraceContext> context = cause.flatMap(OperationTrace::context);
        try (TraceSpan span =
                context.map(parent -> tracing.resume("pass", parent)).orElse(TraceSpan.NONE)) {
            PassResult result = pass.apply(id);
            span.with("smo.graph", id.toString())
                    .with("smo.pass.result", result.getClass().getSimpleName());
            return result;
        } finally {
            MDC.remove(LogFields.PROJECT);
            MDC.remove(LogFields.GRAPH);
            MDC.remove(LogFields.OPERATION);
            MDC.remove(LogFields.CORRELATION_ID);
        }
    }

    private static Optional<Operation> oldest(List<Operation> open) {
        return open.stream().findFirst();
    }

    private static void mark(Operation operation) {
        MDC.put(LogFields.OPERATION, operation.id());
        if (!operation.origin().correlationId().isEmpty()) {
            MDC.put(LogFields.CORRELATION_ID, operation.origin().correlationId());
        }
    }
}
