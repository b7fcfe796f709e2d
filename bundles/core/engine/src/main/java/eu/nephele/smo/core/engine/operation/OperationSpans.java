// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.engine.operation;

import eu.nephele.smo.api.runtime.Operation;
import eu.nephele.smo.core.contract.trace.CompletedSpan;
import eu.nephele.smo.core.contract.trace.OperationTrace;
import eu.nephele.smo.core.contract.trace.TraceContext;
import eu.nephele.smo.core.contract.trace.Tracing;
import java.util.Map;
import java.util.Optional;

/** Spans of whole operations, each recorded at its end, perhaps by another process than the one that accepted it. */
final class OperationSpans {

    private final Tracing tracing;

    OperationSpans(Tracing tracing) {
        this.tracing = tracing;
    }

    /** An operation begins in the calling thread. */
    void begun() {
        tracing.keep();
    }

    void ended(Operation operation) {
        Optional<TraceContext> request = TraceContext.parse(operation.origin().traceParent());
        OperationTrace.context(operation)
                .ifPresent(context -> tracing.completed(new CompletedSpan(
                        "operation " + operation.kind(),
                        context,
                        request.orElseThrow(),
                        operation.createdAt(),
                        operation.finishedAt().orElse(operation.updatedAt()),
                        Map.of(
                                "smo.operation", operation.id(),
                                "smo.target", operation.target().toString(),
                                "smo.state", operation.state().name()),
                        operation.state() == Operation.State.FAILED
                                ? Optional.of(operation.message())
                                : Optional.empty())));
    }
}
