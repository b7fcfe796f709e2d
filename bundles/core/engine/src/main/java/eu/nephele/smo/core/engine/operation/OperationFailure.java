// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.engine.operation;

import eu.nephele.smo.api.runtime.Operation;
import eu.nephele.smo.api.runtime.SmoException;
import java.util.Optional;

/** The failure of an operation that has ended. */
public final class OperationFailure {

    private OperationFailure() {}

    /** Returns the exception for callers that waited for its success. */
    public static SmoException exception(Operation operation) {
        return operation
                .error()
                .map(fault -> SmoException.of(fault.kind(), fault.source(), fault.message(), Optional.empty()))
                .orElseGet(() -> SmoException.conflict(
                        operation.message().isEmpty()
                                ? "Operation %s ended as %s".formatted(operation.id(), operation.state())
                                : operation.message()));
    }
}
