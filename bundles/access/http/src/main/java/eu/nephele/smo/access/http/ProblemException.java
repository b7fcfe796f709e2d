// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.access.http;

import eu.nephele.smo.api.runtime.Operation;
import eu.nephele.smo.api.runtime.SmoException;
import java.io.Serial;
import java.util.Optional;

/** A refusal with more details than its kind. */
public final class ProblemException extends RuntimeException {

    @Serial
    private static final long serialVersionUID = 1L;

    private final transient Optional<String> word;
    private final transient SmoException refusal;
    private final transient Optional<String> operation;

    private ProblemException(Optional<String> word, SmoException refusal, Optional<String> operation) {
        super(refusal.getMessage(), refusal);
        this.word = word;
        this.refusal = refusal;
        this.operation = operation;
    }

    /** @param word last part of the problem's type, instead of that of the kind */
    public static ProblemException named(String word, SmoException refusal) {
        return new ProblemException(Optional.of(word), refusal, Optional.empty());
    }

    /** An operation that ended badly while its client waited for it. */
    public static ProblemException create(Operation operation) {
        Operation.Fault fault = operation
                .error()
                .orElseGet(() -> new Operation.Fault(
                        SmoException.Kind.UPSTREAM_FAILED, "smo", "It failed: " + operation.message()));
        SmoException failure = SmoException.of(fault.kind(), fault.source(), fault.message(), Optional.empty());
        return new ProblemException(Optional.empty(), failure, Optional.of(operation.id()));
    }

    /** Last part of the problem's type; empty for that of the kind. */
    public Optional<String> word() {
        return word;
    }

    public SmoException refusal() {
        return refusal;
    }

    public Optional<String> operation() {
        return operation;
    }
}
